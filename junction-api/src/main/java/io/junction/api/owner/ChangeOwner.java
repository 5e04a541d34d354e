package io.junction.api.owner;

import io.junction.api.problem.Refusal;
import io.junction.common.hint.Hint;
import io.junction.common.hint.Hints;
import io.junction.common.limit.LimitLockStatements;
import io.junction.common.limit.LimitProperties;
import io.junction.common.queue.QueueName;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Changes the limits of owners and repositories.
 *
 * <p>Concurrency: under the limits' lock, so that no round that read the old ones lets a job in
 * after it.
 */
@Component
class ChangeOwner {

  private static final int MOST = 1_000_000;

  private final OwnerStatements statements;
  private final LimitLockStatements lock;
  private final LimitProperties properties;
  private final Hints hints;

  ChangeOwner(
      OwnerStatements statements,
      LimitLockStatements lock,
      LimitProperties properties,
      Hints hints) {
    this.statements = statements;
    this.lock = lock;
    this.properties = properties;
    this.hints = hints;
  }

  /** Whether the owner was unknown. */
  @Transactional
  public boolean put(String name, OwnerRequest request) {
    check(request);
    lock.lock();
    checkSharing(name, request.sharesWith());
    boolean isNew = statements.put(name, request);
    hints.limits(List.of(new Hint.Limit(Hint.Limit.Kind.OWNER, name)));
    // Those with whom it shared a limit before may go on without it.
    hints.created();
    return isNew;
  }

  /** Null for any number. */
  @Transactional
  public void limitRepository(String name, @Nullable Integer maxRunning) {
    lock.lock();
    if (maxRunning == null) {
      statements.freeRepository(name);
    } else {
      statements.limitRepository(name, maxRunning);
    }
    hints.limits(List.of(new Hint.Limit(Hint.Limit.Kind.REPOSITORY, name)));
  }

  private void check(OwnerRequest request) {
    var plan = request.plan();
    if (plan != null && !properties.plans().containsKey(plan)) {
      throw Refusal.invalid("plan", "is not one of the configuration, junction.limits.plans");
    }
    var queues = request.queues() == null ? Map.<String, @Nullable Integer>of() : request.queues();
    queues.forEach(
        (queue, max) -> {
          if (!queue.matches(QueueName.PATTERN)) {
            throw Refusal.invalid("queues", "are named as " + QueueName.PATTERN);
          }
          if (max == null || max < -1 || max > MOST) {
            throw Refusal.invalid("queues." + queue, "is from -1 to " + MOST);
          }
        });
  }

  private void checkSharing(String name, @Nullable String sharesWith) {
    if (sharesWith == null) {
      return;
    }
    if (sharesWith.equals(name)) {
      throw Refusal.invalid("shares_with", "is the owner itself");
    }
    var head = statements.settings(List.of(sharesWith)).get(sharesWith);
    if (head == null) {
      throw Refusal.invalid(
          "shares_with", "is an owner of whom nothing is set; put that one first");
    }
    if (head.sharesWith() != null) {
      throw Refusal.invalid(
          "shares_with", "shares with " + head.sharesWith() + "; name that one instead");
    }
    if (statements.isShared(name)) {
      throw Refusal.invalid("shares_with", "is not for an owner with whom others share");
    }
  }
}
