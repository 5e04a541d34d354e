package io.junction.common.transition;

import io.junction.common.assignment.Outcome;
import io.junction.common.build.SettleBuilds;
import io.junction.common.hint.Hints;
import io.junction.common.job.JobState;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Cancels, restarts and ends jobs without their workers, in the caller's transaction. */
@Component
public class JobTransitions {

  private final Transitions transitions;
  private final UnassignedStatements unassigned;
  private final SettleBuilds settling;
  private final Hints hints;

  JobTransitions(
      Transitions transitions,
      UnassignedStatements unassigned,
      SettleBuilds settling,
      Hints hints) {
    this.transitions = transitions;
    this.unassigned = unassigned;
    this.settling = settling;
    this.hints = hints;
  }

  /** Cancels a job whatever it is doing; null when there is none. */
  public @Nullable Verdict cancel(long job, @Nullable String reason) {
    var builds = holdBuildOf(job);
    var held = unassigned.hold(job);
    if (held.isEmpty()) {
      return null;
    }
    var state = held.getFirst().state();
    if (state.isFinal()) {
      return state == JobState.CANCELED ? Verdict.unchanged(state) : Verdict.refused(state);
    }
    var assignment = held.getFirst().assignment();
    if (assignment == null) {
      unassigned.cancel(job, reason);
      transitions.follow(builds);
    } else {
      transitions.close(List.of(Closing.of(assignment, Outcome.CANCELED, reason, true)));
    }
    return Verdict.applied(JobState.CANCELED);
  }

  /**
   * Restarts a job, refused when its attempts are used up; null when there is none. When it had
   * ended, its stage and build are open again, and what its stage's failure had canceled is back.
   */
  public @Nullable Verdict restart(long job, @Nullable String reason) {
    var builds = holdBuildOf(job);
    var rows = unassigned.hold(job);
    if (rows.isEmpty()) {
      return null;
    }
    var held = rows.getFirst();
    if (held.state() == JobState.CREATED) {
      return Verdict.unchanged(JobState.CREATED);
    }
    if (held.attempt() >= held.maxAttempts()) {
      return Verdict.refused(held.state());
    }
    var assignment = held.assignment();
    if (assignment == null || held.state().isFinal()) {
      unassigned.restart(job, reason);
      if (held.state().isFinal()) {
        builds.forEach(build -> settling.reopen(build, held.stage()));
      }
      hints.created();
    } else {
      transitions.close(List.of(Closing.of(assignment, Outcome.RESTARTED, reason, true)));
    }
    return Verdict.applied(JobState.CREATED);
  }

  /**
   * Ends those of these jobs errored that still have no queue.
   *
   * @param reasons by the job's id
   * @return how many
   */
  public int endWithoutQueue(Map<Long, String> reasons) {
    Transitions.requireTransaction();
    var builds = settling.hold(unassigned.buildsOf(reasons.keySet()));
    int ended = unassigned.endWithoutQueue(reasons);
    transitions.follow(builds);
    return ended;
  }

  private Set<Long> holdBuildOf(long job) {
    Transitions.requireTransaction();
    var build = unassigned.buildOf(job).map(UnassignedStatements.BuildOf::build).orElse(null);
    if (build == null) {
      return Set.of();
    }
    settling.hold(build);
    return Set.of(build);
  }
}
