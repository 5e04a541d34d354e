package io.junction.dispatcher.dispatch;

import org.jspecify.annotations.Nullable;

/**
 * Where a line began when a snapshot was taken: no job that this snapshot saw waiting stands before
 * it, and none of these will ever again.
 *
 * @param rank the negative priority of its first job
 * @param queuedAt since when that was queued, as Postgres writes it
 * @param job its id
 * @param seen the snapshot as Postgres writes it; null: none, this is the beginning of everything
 */
record LineStart(String queue, int rank, String queuedAt, long job, @Nullable String seen) {

  /** Before every job. */
  static LineStart unknown(String queue) {
    return new LineStart(queue, Integer.MIN_VALUE, "-infinity", Long.MIN_VALUE, null);
  }

  /** Behind every job: none was waiting. */
  static LineStart empty(String queue, @Nullable String seen) {
    return new LineStart(queue, Integer.MAX_VALUE, "infinity", Long.MAX_VALUE, seen);
  }

  boolean isEmpty() {
    return job == Long.MAX_VALUE;
  }
}
