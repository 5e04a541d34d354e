package io.junction.dispatcher.limit;

import io.junction.dispatcher.loop.Round;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one round of limiting came to.
 *
 * @param queued how many jobs were let into their queues
 * @param again whether there may be more, or a walk goes on
 * @param idle whether no job asks, not even one that is held by time
 * @param nextLook when the next held job is free; null when there is none
 */
record LimitRound(int queued, boolean again, boolean idle, @Nullable Duration nextLook)
    implements Round {

  @Override
  public Map<String, Integer> changes() {
    return Map.of("queued", queued);
  }
}
