/**
 * Why a job is not running, or what has become of it: the whole truth in one answer.
 *
 * <p>It is told by what the rounds themselves decide by. A created job is put before the limiter's
 * planner; a queued one is compared with the slots that its queue has. So where no reason is given,
 * the next round moves the job. Everything is read in one snapshot, without a lock, and every count
 * has a bound.
 */
@NullMarked
package io.junction.common.explain;

import org.jspecify.annotations.NullMarked;
