package io.junction.dispatcher.limit;

import io.junction.common.hint.Hint;
import io.junction.common.hint.Hints;
import io.junction.dispatcher.DispatcherProperties;
import io.junction.dispatcher.loop.Wake;
import io.junction.dispatcher.loop.Work;
import java.time.Duration;
import java.util.Set;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Lets created jobs into their queues. Without it, an external scheduler does that.
 *
 * <p>Concurrency: limiters share the work by skipping each other's locked rows.
 */
@Component
@ConditionalOnBooleanProperty(name = "junction.limiter.enabled", matchIfMissing = true)
class Limiter implements Work {

  private final LimitStatements statements;
  private final Hints hints;
  private final TransactionTemplate transaction;
  private final DispatcherProperties.Limiting properties;

  Limiter(
      LimitStatements statements,
      Hints hints,
      TransactionTemplate transaction,
      DispatcherProperties properties) {
    this.statements = statements;
    this.hints = hints;
    this.transaction = transaction;
    this.properties = properties.limiter();
  }

  @Override
  public String name() {
    return "limit";
  }

  @Override
  public Duration interval() {
    return properties.poll();
  }

  @Override
  public boolean hears(Hint hint) {
    return hint instanceof Hint.Created;
  }

  @Override
  public LimitRound run(Wake wake) {
    var look = statements.look();
    if (!look.ready()) {
      return new LimitRound(0, false, look.next() == null, look.next());
    }
    int queued = transaction.execute(status -> queue());
    // Whether the batch was full or not: the next look is cheap, and knows of what is held.
    return new LimitRound(queued, queued > 0, false, null);
  }

  private int queue() {
    var ids = LimitPlanner.plan(statements.oldest(properties.batch()));
    if (ids.isEmpty()) {
      return 0;
    }
    var queues = statements.queue(ids);
    hints.queues(Set.copyOf(queues));
    return queues.size();
  }
}
