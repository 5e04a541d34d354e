package io.junction.dispatcher.notify.outbox;

import io.junction.dispatcher.loop.Round;
import java.util.Map;

/**
 * What one round of the outbox came to.
 *
 * @param subscriptions made of builds' configs
 * @param refusals of what could not be made a subscription
 * @param again whether the page was full
 * @param idle whether there was nothing to read
 */
record OutboxRound(int deliveries, int subscriptions, int refusals, boolean again, boolean idle)
    implements Round {

  static final OutboxRound NOTHING = new OutboxRound(0, 0, 0, false, true);

  /** Another dispatcher has the cursor. */
  static final OutboxRound TAKEN = new OutboxRound(0, 0, 0, false, false);

  @Override
  public Map<String, Integer> changes() {
    return Map.of("deliveries", deliveries, "subscriptions", subscriptions, "refusals", refusals);
  }
}
