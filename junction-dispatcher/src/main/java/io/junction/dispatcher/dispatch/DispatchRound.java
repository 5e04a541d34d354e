package io.junction.dispatcher.dispatch;

import io.junction.dispatcher.loop.Round;
import java.util.Map;

/**
 * What one round of placing came to.
 *
 * @param queues how many were looked at
 * @param placed how many jobs were given to workers
 * @param pending queues that are still to be looked at, because the chunk or the batch was full or
 *     because they were hinted meanwhile
 * @param idle whether no job waits in any line, and none can come to one without a hint
 */
public record DispatchRound(int queues, int placed, int pending, boolean idle) implements Round {

  @Override
  public Map<String, Integer> changes() {
    return Map.of("placed", placed);
  }

  @Override
  public boolean again() {
    return pending > 0;
  }
}
