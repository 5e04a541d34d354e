package io.junction.dispatcher.notify.deliver;

import io.junction.dispatcher.loop.Round;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one round of delivering came to.
 *
 * @param retried those that failed and are tried again
 * @param disabled subscriptions
 * @param idle whether nothing is pending or under way
 * @param nextLook when the next one is due that is not yet
 */
record DeliverRound(
    int delivered, int retried, int dead, int disabled, boolean idle, @Nullable Duration nextLook)
    implements Round {

  @Override
  public Map<String, Integer> changes() {
    return Map.of("delivered", delivered, "retried", retried, "dead", dead, "disabled", disabled);
  }

  /** Whoever frees a thread wakes the loop. */
  @Override
  public boolean again() {
    return false;
  }
}
