package io.junction.dispatcher.limit;

import io.junction.dispatcher.loop.Round;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one round of limiting came to.
 *
 * @param queued how many jobs were let into their queues
 * @param again whether the batch was full
 * @param idle whether no job is created, not even one that is held
 * @param nextLook when the next held job is free; null when there is none
 */
record LimitRound(int queued, boolean again, boolean idle, @Nullable Duration nextLook)
    implements Round {

  @Override
  public Map<String, Integer> changes() {
    return Map.of("queued", queued);
  }
}
