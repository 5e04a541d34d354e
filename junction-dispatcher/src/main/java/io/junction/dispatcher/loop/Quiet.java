package io.junction.dispatcher.loop;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets most of a loop's polls go by while there has been nothing to do for a while, and hints would
 * say if there were.
 *
 * <p>Invariant: a poll is skipped only if no hint came since several polls in a row were idle, and
 * hints are heard; so what a hint announces is never found later than without the quiet. What comes
 * without a hint is found within the longest time that the work allows.
 *
 * <p>Concurrency: {@link #end} is called by any thread, the rest by the loop's own. Because a poll
 * is skipped when it is due, and not planned late, whatever ends the quiet needs to wake nobody:
 * the next poll comes at its ordinary time.
 */
final class Quiet {

  /** What a work allows that says nothing else. */
  static final Duration LONGEST = Duration.ofSeconds(10);

  private static final int IDLE_POLLS = 3;

  private final long mostSkipped;
  private final AtomicInteger idlePolls = new AtomicInteger();
  private long skipped;

  /**
   * @param longest between two polls, unless the interval itself is longer
   */
  Quiet(Duration interval, Duration longest) {
    this.mostSkipped = longest.dividedBy(interval) - 1;
  }

  /** Whether the poll that is due now can be left out. */
  boolean skipsPoll(boolean hintsAreHeard) {
    boolean skips = hintsAreHeard && idlePolls.get() == IDLE_POLLS && skipped < mostSkipped;
    skipped = skips ? skipped + 1 : 0;
    return skips;
  }

  /** What a round came to. */
  void after(boolean idle) {
    idlePolls.updateAndGet(polls -> idle ? Math.min(polls + 1, IDLE_POLLS) : 0);
  }

  /** Something was said, or went wrong. */
  void end() {
    idlePolls.set(0);
  }
}
