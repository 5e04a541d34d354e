package io.junction.api.subscription;

import io.junction.api.problem.Refusal;
import io.junction.common.hint.Hints;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Sends deliveries once more. */
@Component
class RepeatDelivery {

  private final DeliveryStatements statements;
  private final Hints hints;

  RepeatDelivery(DeliveryStatements statements, Hints hints) {
    this.statements = statements;
    this.hints = hints;
  }

  /**
   * With the same id. Of a disabled subscription nothing is sent, so it would wait forever.
   *
   * <p>Concurrency: who disables the subscription changes its row, and then skips what is pending.
   * That comes before the lock here and is seen, or after this transaction and finds the delivery.
   */
  @Transactional
  public DeliveryResponse repeat(UUID subscription, UUID id) {
    boolean disabled =
        statements
            .lockSubscription(subscription)
            .orElseThrow(() -> ChangeSubscription.none(subscription));
    if (disabled) {
      throw Refusal.refused(
          "subscription " + subscription + " is disabled: enable it first", "disabled");
    }
    statements.redeliver(subscription, id);
    hints.deliveries();
    var delivery = statements.one(subscription, id);
    if (delivery == null) {
      throw Refusal.notFound("subscription " + subscription + " has no delivery " + id);
    }
    return delivery;
  }
}
