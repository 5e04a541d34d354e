package io.junction.common.explain;

import io.junction.common.job.JobState;
import io.junction.common.limit.Asking;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A job as its row says it.
 *
 * @param queue null while nobody has chosen one
 * @param behind whether a stage before its own has not ended
 * @param heldMs until it may be queued again; null when it is not held
 * @param endedMs since its end; null when it has not ended
 * @param timeoutMs until its time is over; null when that is not known
 * @param attempt its open assignment; null when it has none
 */
record JobFacts(
    long id,
    JobState state,
    int priority,
    @Nullable String owner,
    @Nullable String repository,
    @Nullable String group,
    int groupMax,
    boolean isPublic,
    @Nullable String queue,
    @Nullable Long stage,
    boolean behind,
    @Nullable Long heldMs,
    @Nullable Long endedMs,
    @Nullable String reason,
    @Nullable Long timeoutMs,
    @Nullable Attempt attempt) {

  /**
   * The attempt that is under way.
   *
   * @param worker its name, or its id when it has none
   * @param placedMs since it was placed
   * @param receivedMs since it was received; null when it was not
   * @param startedMs since it was started; null when it was not
   * @param heardMs since the worker was heard; null when nothing is known of it
   * @param isAlive whether the worker's lease has not ended
   */
  record Attempt(
      String worker,
      long placedMs,
      @Nullable Long receivedMs,
      @Nullable Long startedMs,
      @Nullable Long heardMs,
      boolean isAlive) {}

  Asking asking() {
    return new Asking(
        id,
        priority,
        owner == null ? "" : owner,
        repository,
        group,
        groupMax,
        Objects.requireNonNull(queue),
        isPublic);
  }
}
