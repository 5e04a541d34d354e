/**
 * Builds and their stages: sets of jobs whose states follow from those of the jobs.
 *
 * <p>{@link Tally} is the whole rule; {@code common.transition} applies it in the transaction that
 * changes a job.
 */
@NullMarked
package io.junction.common.build;

import org.jspecify.annotations.NullMarked;
