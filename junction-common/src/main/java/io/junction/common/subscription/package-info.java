/**
 * Who wants to hear of builds, where, and when: subscriptions and what they send to.
 *
 * <p>A subscription is data: the API takes it, the dispatcher delivers what it asks for. Nothing
 * that goes wrong with one touches a build or a job.
 */
@NullMarked
package io.junction.common.subscription;

import org.jspecify.annotations.NullMarked;
