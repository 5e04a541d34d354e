package io.junction.dispatcher.reap;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether nothing has been assigned for a while, so that looking less often misses nothing.
 *
 * <p>Concurrency: a hint that comes during a look is not overwritten by it for more than one look.
 */
final class Quiet {

  private static final int LOOKS = 5;

  private final AtomicInteger idleLooks = new AtomicInteger();

  /** Whether it is quiet after this look. */
  boolean after(boolean busy) {
    return idleLooks.updateAndGet(looks -> busy ? 0 : Math.min(looks + 1, LOOKS)) == LOOKS;
  }

  /** Ends the quiet; true when there was one. */
  boolean end() {
    return idleLooks.getAndSet(0) == LOOKS;
  }
}
