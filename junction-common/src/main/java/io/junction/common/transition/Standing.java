package io.junction.common.transition;

import io.junction.common.job.JobState;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How an assignment stands when a report of it changed nothing.
 *
 * @param current whether it is its job's assignment
 * @param open whether it has no outcome yet
 * @param finished whether its worker finished it
 * @param build to which its job belongs; null when to none
 */
record Standing(
    UUID assignment,
    UUID worker,
    boolean current,
    boolean open,
    boolean finished,
    JobState state,
    @Nullable Long build) {

  /** Whether the job may still go as far as this says. */
  boolean isLeftBy(Course course) {
    return current && open && !course.restarts() && state.mayBecome(course.target());
  }

  Verdict verdictOf(Report report) {
    boolean duplicate = finished && report.event() != JobEvent.RESTART;
    return current && (open || duplicate) ? Verdict.unchanged(state) : Verdict.refused(state);
  }
}
