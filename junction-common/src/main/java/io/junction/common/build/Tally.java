package io.junction.common.build;

import io.junction.common.job.JobState;
import java.util.List;
import java.util.Set;

/**
 * What the jobs of a stage, or of a build without stages, have come to. Those that may fail never
 * decide how it ends, only whether it is waited for them.
 *
 * @param requiredLeft whether a required job has not ended
 * @param optionalLeft whether a job that may fail has not ended
 * @param ended the final states of required jobs; asked for only when none is left
 */
public record Tally(boolean requiredLeft, boolean optionalLeft, Set<JobState> ended) {

  /** The worst first: one job of such a state is enough. */
  private static final List<BuildState> WORST_FIRST =
      List.of(BuildState.CANCELED, BuildState.ERRORED, BuildState.FAILED);

  public Tally {
    ended = Set.copyOf(ended);
  }

  /**
   * Whether nothing more is waited for.
   *
   * @param fastFinish whether those that may fail are not waited for once all required ones have
   *     ended; where none is required, they are
   */
  public boolean isOver(boolean fastFinish) {
    return !requiredLeft && (!optionalLeft || (fastFinish && !ended.isEmpty()));
  }

  /** How it ends; passed where nothing is required. */
  public BuildState state() {
    return WORST_FIRST.stream()
        .filter(state -> ended.contains(JobState.of(state.text())))
        .findFirst()
        .orElse(BuildState.PASSED);
  }
}
