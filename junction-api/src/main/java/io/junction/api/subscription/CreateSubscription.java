package io.junction.api.subscription;

import io.junction.api.problem.Refusal;
import io.junction.common.subscription.BuildFilter;
import io.junction.common.subscription.SecretBox;
import io.junction.common.subscription.SubscriptionSpec;
import io.junction.common.subscription.SubscriptionStatements;
import io.junction.common.subscription.Target;
import io.junction.common.subscription.TargetJson;
import io.junction.common.subscription.TargetKind;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes subscriptions. */
@Component
class CreateSubscription {

  private static final int SECRET_BYTES = 32;

  private final TargetCheck check;
  private final SubscriptionStatements statements;
  private final SubscriptionChangeStatements changes;
  private final SecureRandom random = new SecureRandom();

  CreateSubscription(
      TargetCheck check, SubscriptionStatements statements, SubscriptionChangeStatements changes) {
    this.check = check;
    this.statements = statements;
    this.changes = changes;
  }

  Created create(SubscriptionRequest request) {
    var kindText = request.kind();
    if (kindText == null) {
      throw Refusal.invalid("kind", "is required");
    }
    var targetRequest = request.target();
    if (targetRequest == null) {
      throw Refusal.invalid("target", "is required");
    }
    var kind = TargetKind.of(kindText);
    var target = check.target(kind, targetRequest);
    String madeUp = null;
    if (target instanceof Target.Webhook webhook && webhook.secrets().isEmpty()) {
      madeUp = secret();
      target = new Target.Webhook(webhook.url(), List.of(madeUp));
    }
    var asked = request.filter();
    var filter = asked == null ? BuildFilter.NONE : asked.filter();
    var spec = new SubscriptionSpec(target, request.name(), filter, request.rule(kind));
    if (!statements.canKeep(target)) {
      throw needsKey(kind);
    }
    if (!changes.hasRoom(filter)) {
      throw hasNoRoom();
    }
    return new Created(statements.insert(spec, null), madeUp);
  }

  static Refusal needsKey(TargetKind kind) {
    return refused(kind, SecretBox.NEEDS_KEY);
  }

  static Refusal hasNoRoom() {
    var most = SubscriptionChangeStatements.MOST;
    return Refusal.invalid("filter", "there are " + most + " subscriptions for the same already");
  }

  /** Names what is secret of such a target. */
  static Refusal refused(TargetKind kind, String why) {
    return Refusal.invalid("target." + TargetJson.secrets(kind).getFirst(), why);
  }

  /** As Standard Webhooks have them. */
  private String secret() {
    var bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return "whsec_" + Base64.getEncoder().encodeToString(bytes);
  }

  /**
   * A new subscription.
   *
   * @param secret that was made up for it; null when it brought its own or has none
   */
  record Created(UUID id, @Nullable String secret) {}
}
