package io.junction.common.simulate;

import io.junction.common.limit.Asking;
import org.jspecify.annotations.Nullable;

/**
 * A job as it went, by its last attempt. Instants are milliseconds from the window's beginning on,
 * so those before it are negative.
 *
 * @param build 0 when it is in no stage
 * @param stage its number in the build
 * @param asked since when it has asked to be queued: when it came, when the stages before its own
 *     had ended, or when its attempt before was over; null while a stage before has not ended
 * @param taken when a worker took it up; null when none has
 * @param ended null when it has not
 */
public record PastJob(
    Asking job,
    long build,
    int stage,
    long created,
    @Nullable Long asked,
    @Nullable Long taken,
    @Nullable Long ended) {

  public long id() {
    return job.id();
  }

  /** Whether it ran when the window began: it waits no more, but takes its places. */
  public boolean ranBefore() {
    return taken != null && taken < 0;
  }
}
