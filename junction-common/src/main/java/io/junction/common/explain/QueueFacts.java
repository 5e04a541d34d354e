package io.junction.common.explain;

import org.jspecify.annotations.Nullable;

/**
 * A queue as a round of the dispatcher would find it.
 *
 * @param capacity null for as many as the workers' slots
 * @param live its open assignments; counted only if it has a capacity
 * @param alive workers whose lease has not ended, and who do not drain
 * @param draining workers who take nothing more
 * @param silent workers whose lease has ended, and who are not given up yet
 * @param slots what all that are alive take at most
 * @param freeSlots what is free of that
 */
record QueueFacts(
    String name,
    @Nullable Integer capacity,
    boolean paused,
    int live,
    int alive,
    int draining,
    int silent,
    long slots,
    long freeSlots) {

  /** How many jobs could be placed now. */
  int free() {
    if (paused) {
      return 0;
    }
    long room = capacity == null ? Integer.MAX_VALUE : Math.max(0, capacity - live);
    return (int) Math.min(room, Math.min(freeSlots, Integer.MAX_VALUE));
  }
}
