package io.junction.dispatcher.reap;

import io.junction.dispatcher.loop.Round;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one round of reaping came to.
 *
 * @param workers how many were given up
 * @param lost assignments of silent workers, and those of which nothing more was heard
 * @param rejected assignments that were never taken up
 * @param timedOut assignments whose job had its time
 * @param idle whether nothing is assigned, so that nobody waits for the reaper
 * @param nextLook when to look again, if before the interval is over
 */
record ReapRound(
    int workers, int lost, int rejected, int timedOut, boolean idle, @Nullable Duration nextLook)
    implements Round {

  @Override
  public Map<String, Integer> changes() {
    return Map.of(
        "workers_lost", workers, "lost", lost, "rejected", rejected, "timed_out", timedOut);
  }

  @Override
  public boolean again() {
    return workers + lost + rejected + timedOut > 0;
  }
}
