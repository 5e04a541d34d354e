package io.junction.dispatcher.prune;

import io.junction.dispatcher.loop.Round;
import java.util.Map;

/**
 * What one round of pruning came to.
 *
 * @param jobs removed with their configs and assignments
 * @param workers removed
 * @param again whether a batch was full
 */
record PruneRound(int jobs, int workers, boolean again) implements Round {

  @Override
  public Map<String, Integer> changes() {
    return Map.of("jobs", jobs, "workers", workers);
  }
}
