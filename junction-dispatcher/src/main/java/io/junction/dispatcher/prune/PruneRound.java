package io.junction.dispatcher.prune;

import io.junction.dispatcher.loop.Round;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one round of pruning came to.
 *
 * @param jobs of no build, removed with their configs and assignments
 * @param builds removed with their stages and jobs
 * @param events removed
 * @param workers removed
 * @param deliveries removed, of those that are over
 * @param nextLook after a full batch, when its rest is over; else null
 */
record PruneRound(
    int jobs, int builds, int events, int workers, int deliveries, @Nullable Duration nextLook)
    implements Round {

  @Override
  public Map<String, Integer> changes() {
    return Map.of(
        "jobs",
        jobs,
        "builds",
        builds,
        "events",
        events,
        "workers",
        workers,
        "deliveries",
        deliveries);
  }

  @Override
  public boolean again() {
    return false;
  }
}
