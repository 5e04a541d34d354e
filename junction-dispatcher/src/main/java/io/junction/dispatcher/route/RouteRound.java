package io.junction.dispatcher.route;

import io.junction.dispatcher.loop.Round;
import java.util.Map;

/**
 * What one round of routing came to.
 *
 * @param routed how many jobs got a queue
 * @param errored how many ended, since no queue can be decided for them
 * @param again whether there may be more
 * @param idle whether no job is without a queue
 */
record RouteRound(int routed, int errored, boolean again, boolean idle) implements Round {

  static final RouteRound NOTHING = new RouteRound(0, 0, false, true);

  @Override
  public Map<String, Integer> changes() {
    return Map.of("routed", routed, "errored", errored);
  }
}
