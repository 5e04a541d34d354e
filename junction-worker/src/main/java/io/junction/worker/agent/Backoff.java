package io.junction.worker.agent;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait after a failure: nothing for the first few, so that each address is tried, then
 * twice as long each time up to a limit, give or take a half, so that a thousand workers do not
 * come back in step.
 */
final class Backoff {
  private static final Duration FIRST = Duration.ofMillis(100);

  private final int free;
  private int failures;

  Backoff(int free) {
    this.free = free;
  }

  /** Counts a failure; returns nanoseconds, at most one and a half times the limit. */
  long failed(Duration limit) {
    failures++;
    if (failures <= free) {
      return 0;
    }
    long full = Math.min(limit.toNanos(), FIRST.toNanos() << Math.min(failures - free - 1, 20));
    return full / 2 + ThreadLocalRandom.current().nextLong(full + 1);
  }

  /** Whether it is more than a passing failure, and worth a line. */
  boolean lasting() {
    return failures > free;
  }

  void succeeded() {
    failures = 0;
  }
}
