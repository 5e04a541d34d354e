package io.junction.api.subscription;

import io.junction.api.problem.Refusal;
import io.junction.api.subscription.SubscriptionChangeStatements.Change;
import io.junction.api.subscription.SubscriptionChangeStatements.Stored;
import io.junction.common.hint.Hints;
import io.junction.common.subscription.SecretBox;
import io.junction.common.subscription.SubscriptionSpec;
import io.junction.common.subscription.SubscriptionStatements;
import io.junction.common.subscription.TargetJson;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Changes subscriptions, enables and deletes them. */
@Component
class ChangeSubscription {

  private final TargetCheck check;
  private final SecretBox box;
  private final SubscriptionStatements subscriptions;
  private final SubscriptionChangeStatements statements;
  private final Hints hints;

  ChangeSubscription(
      TargetCheck check,
      SecretBox box,
      SubscriptionStatements subscriptions,
      SubscriptionChangeStatements statements,
      Hints hints) {
    this.check = check;
    this.box = box;
    this.subscriptions = subscriptions;
    this.statements = statements;
    this.hints = hints;
  }

  /** What the request leaves out stays; the kind cannot change. */
  @Transactional
  public void change(UUID id, SubscriptionRequest request) {
    var stored = statements.lock(id).orElseThrow(() -> none(id));
    if (request.kind() != null && !request.kind().equals(stored.kind().text())) {
      throw Refusal.invalid("kind", "cannot change: make another subscription");
    }
    var filter = request.filter() == null ? stored.filter() : request.filter().filter();
    var name = request.name() == null ? stored.name() : request.name();
    var rule = request.rule(stored.rule());
    if (request.target() == null) {
      statements.update(id, new Change(name, filter, rule, null, null));
      return;
    }
    var before = TargetJson.tree(stored.target(), secretOf(stored));
    var target = check.target(stored.kind(), request.target(), before);
    if (!subscriptions.canKeep(new SubscriptionSpec(target, name, filter, rule))) {
      throw CreateSubscription.needsKey(stored.kind());
    }
    var bytes = subscriptions.sealed(target);
    var sealed = bytes == null ? null : HexFormat.of().formatHex(bytes);
    statements.update(id, new Change(name, filter, rule, TargetJson.open(target), sealed));
  }

  private @Nullable String secretOf(Stored stored) {
    var secrets = stored.secrets();
    if (secrets == null) {
      return null;
    }
    return box.open(HexFormat.of().parseHex(secrets))
        .orElseThrow(() -> CreateSubscription.needsKey(stored.kind()));
  }

  @Transactional
  public void enable(UUID id) {
    if (!statements.enable(id)) {
      throw none(id);
    }
    hints.deliveries();
  }

  @Transactional
  public void delete(UUID id) {
    if (!statements.delete(id)) {
      throw none(id);
    }
  }

  static Refusal none(UUID id) {
    return Refusal.notFound("there is no subscription " + id);
  }
}
