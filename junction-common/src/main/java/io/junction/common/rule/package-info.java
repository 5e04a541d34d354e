/**
 * Which queue a job goes to that names none: an ordered list of rules, and a default.
 *
 * <p>{@link io.junction.common.rule.QueueRules} decides and is pure: it sees {@link
 * io.junction.common.rule.JobFacts} and answers with a {@link io.junction.common.rule.Decision}
 * that says why. A list is written as JSON, {@link io.junction.common.rule.RuleList}, the same over
 * the API, in the configuration and in the database; what is wrong with one is found by {@link
 * io.junction.common.rule.QueueRules#of} and named by its place. {@link
 * io.junction.common.rule.CurrentRules} knows which list holds.
 */
@NullMarked
package io.junction.common.rule;

import org.jspecify.annotations.NullMarked;
