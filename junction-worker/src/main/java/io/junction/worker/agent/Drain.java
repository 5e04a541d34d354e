package io.junction.worker.agent;

import java.time.Duration;

/**
 * Whether the worker is to end, and until when it may take for it. An operator sets no limit (the
 * jobs have their own); a signal does. Of two limits the earlier counts.
 */
final class Drain {
  /** After the limit, how long the last reports are tried. */
  private static final Duration FAREWELL = Duration.ofSeconds(10);

  private boolean asked;
  private boolean limited;
  private long deadline;

  void ask() {
    asked = true;
  }

  void ask(Duration limit) {
    long other = System.nanoTime() + limit.toNanos();
    deadline = limited && deadline - other < 0 ? deadline : other;
    asked = true;
    limited = true;
  }

  boolean asked() {
    return asked;
  }

  /** What still runs is to be ended. */
  boolean over(long now) {
    return limited && now - deadline >= 0;
  }

  /** What could not be reported until now never will be. */
  boolean hopeless(long now) {
    return limited && now - deadline >= FAREWELL.toNanos();
  }

  /** Nanoseconds until the next of the two moments. */
  long nanosLeft(long now) {
    if (!limited || hopeless(now)) {
      return Long.MAX_VALUE;
    }
    return over(now) ? deadline + FAREWELL.toNanos() - now : deadline - now;
  }
}
