package io.junction.api.subscription;

import io.junction.api.problem.Refusal;
import io.junction.api.subscription.SubscriptionChangeStatements.Change;
import io.junction.api.subscription.SubscriptionChangeStatements.Stored;
import io.junction.common.hint.Hints;
import io.junction.common.subscription.SecretBox;
import io.junction.common.subscription.SubscriptionStatements;
import io.junction.common.subscription.Target;
import io.junction.common.subscription.TargetJson;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Changes subscriptions, enables and deletes them. */
@Component
class ChangeSubscription {

  private static final String WRONG_KEY =
      "does not open as it is stored: JUNCTION_NOTIFICATIONS_KEY is not its key";

  private final TargetCheck check;
  private final SecretBox box;
  private final SubscriptionStatements subscriptions;
  private final SubscriptionChangeStatements statements;
  private final Hints hints;
  private final TransactionTemplate transaction;

  ChangeSubscription(
      TargetCheck check,
      SecretBox box,
      SubscriptionStatements subscriptions,
      SubscriptionChangeStatements statements,
      Hints hints,
      TransactionTemplate transaction) {
    this.check = check;
    this.box = box;
    this.subscriptions = subscriptions;
    this.statements = statements;
    this.hints = hints;
    this.transaction = transaction;
  }

  /**
   * What the request leaves out stays; the kind cannot change.
   *
   * <p>Concurrency: a target is checked before the row is locked, since a name server may take its
   * time and the outbox waits for the row. Where target or secrets are others by then, the check
   * was of something else, and nothing is changed.
   */
  public void change(UUID id, SubscriptionRequest request) {
    var read = statements.read(id).orElseThrow(() -> none(id));
    if (request.kind() != null && !request.kind().equals(read.kind().text())) {
      throw Refusal.invalid("kind", "cannot change: make another subscription");
    }
    var target = request.target() == null ? null : target(read, request.target());
    transaction.executeWithoutResult(
        status -> {
          var stored = statements.lock(id).orElseThrow(() -> none(id));
          if (target != null && !stored.hasTargetOf(read)) {
            throw Refusal.refused("subscription " + id + " was changed meanwhile: ask again");
          }
          statements.update(id, change(stored, request, target));
        });
  }

  private Target target(Stored stored, TargetRequest request) {
    // Secrets whose key is lost have to be replaceable, so they are opened only where some stay.
    var secret = check.hasSecrets(stored.kind(), request) ? null : secretOf(stored);
    var before = TargetJson.tree(stored.target(), secret);
    var target = check.target(stored.kind(), request, before);
    if (!subscriptions.canKeep(target)) {
      throw CreateSubscription.needsKey(stored.kind());
    }
    return target;
  }

  private Change change(Stored stored, SubscriptionRequest request, @Nullable Target target) {
    var name = request.name() == null ? stored.name() : request.name();
    var filter = request.filter() == null ? stored.filter() : request.filter().filter();
    var rule = request.rule(stored.rule());
    if (stored.joinsOthersBy(filter) && !statements.hasRoom(filter)) {
      throw CreateSubscription.hasNoRoom();
    }
    if (target == null) {
      return new Change(name, filter, rule, null, null);
    }
    var bytes = subscriptions.sealed(target);
    var sealed = bytes == null ? null : HexFormat.of().formatHex(bytes);
    return new Change(name, filter, rule, TargetJson.open(target), sealed);
  }

  private @Nullable String secretOf(Stored stored) {
    var secrets = stored.secrets();
    if (secrets == null) {
      return null;
    }
    if (!box.hasKey()) {
      throw CreateSubscription.needsKey(stored.kind());
    }
    return box.open(HexFormat.of().parseHex(secrets))
        .orElseThrow(() -> CreateSubscription.refused(stored.kind(), WRONG_KEY));
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
