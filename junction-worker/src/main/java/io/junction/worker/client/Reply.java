package io.junction.worker.client;

import java.time.Duration;

/** What became of a request. */
public sealed interface Reply<T> {

  /** It was taken. */
  record Answered<T>(T body) implements Reply<T> {}

  /** Something that speaks HTTP said no (4xx); the same request will be refused again. */
  record Refused<T>(int status, Problem problem) implements Reply<T> {}

  /**
   * There was no answer, or a 5xx, or one that cannot be read: whether the request took effect is
   * not known.
   */
  record Unreachable<T>(String reason, Duration retryAfter) implements Reply<T> {}
}
