package io.junction.dispatcher.route;

import io.junction.common.hint.Hint;
import io.junction.common.hint.Hints;
import io.junction.common.rule.CurrentRules;
import io.junction.common.rule.QueueRules;
import io.junction.common.transition.JobTransitions;
import io.junction.dispatcher.DispatcherProperties;
import io.junction.dispatcher.loop.Wake;
import io.junction.dispatcher.loop.Work;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives jobs that have none the queue that the rules say, and ends those for which they say none.
 *
 * <p>Concurrency: a round skips what another holds, and a job gets a queue only while it is created
 * and has none. Failure: what cannot be decided is ended in a transaction of its own, after the
 * others have their queues: it needs the builds, which are locked before jobs. What comes between
 * is found by the next round.
 */
@Component
@ConditionalOnBooleanProperty(name = "junction.limiter.enabled", matchIfMissing = true)
class Router implements Work {

  /** Most jobs of one round: of each, a few fields of its config are held in memory. */
  static final int BATCH = 500;

  /** Owners that are named in hints; if there are more, all are to be looked at. */
  private static final int MOST_OWNERS = 100;

  private final RouteStatements statements;
  private final CurrentRules current;
  private final JobTransitions transitions;
  private final Hints hints;
  private final TransactionTemplate transaction;
  private final DispatcherProperties.Limiting properties;

  Router(
      RouteStatements statements,
      CurrentRules current,
      JobTransitions transitions,
      Hints hints,
      TransactionTemplate transaction,
      DispatcherProperties properties) {
    this.statements = statements;
    this.current = current;
    this.transitions = transitions;
    this.hints = hints;
    this.transaction = transaction;
    this.properties = properties.limiter();
  }

  @Override
  public String name() {
    return "route";
  }

  @Override
  public Duration interval() {
    return properties.poll();
  }

  /** Each new job that is without a queue is hinted at, and so is each that is restarted. */
  @Override
  public Duration longestQuiet() {
    return Duration.ofSeconds(30);
  }

  @Override
  public boolean hears(Hint hint) {
    return hint instanceof Hint.Unrouted || hint instanceof Hint.Created;
  }

  @Override
  public RouteRound run(Wake wake) {
    if (!statements.look()) {
      return RouteRound.NOTHING;
    }
    var rules = current.read().rules();
    var decided = Objects.requireNonNull(transaction.execute(status -> route(rules)));
    int errored =
        decided.reasons().isEmpty()
            ? 0
            : Objects.requireNonNull(
                transaction.execute(status -> transitions.endWithoutQueue(decided.reasons())));
    return new RouteRound(decided.routed(), errored, decided.looked() == BATCH, false);
  }

  private Decided route(QueueRules rules) {
    var queues = new LinkedHashMap<Long, String>();
    var reasons = new LinkedHashMap<Long, String>();
    var jobs = statements.unrouted(rules.fields(), BATCH);
    for (var job : jobs) {
      long id = Objects.requireNonNull(job.id());
      var decision = rules.decide(job);
      if (decision.queue() == null) {
        reasons.put(id, "its queue cannot be decided: " + decision.reason());
      } else {
        queues.put(id, decision.queue().value());
      }
    }
    int routed = 0;
    if (!queues.isEmpty()) {
      var owners = statements.route(queues);
      hintAt(owners);
      routed = owners.stream().mapToInt(RouteStatements.Routed::jobs).sum();
    }
    return new Decided(jobs.size(), routed, reasons);
  }

  /** The limiter is asked at once. */
  private void hintAt(List<RouteStatements.Routed> owners) {
    if (owners.size() > MOST_OWNERS) {
      hints.created();
    } else {
      hints.limits(
          owners.stream()
              .map(routed -> new Hint.Limit(Hint.Limit.Kind.OWNER, routed.owner()))
              .toList());
    }
  }

  /**
   * What became of the jobs of a round.
   *
   * @param looked how many there were
   * @param reasons why those are to end that got no queue
   */
  private record Decided(int looked, int routed, Map<Long, String> reasons) {}
}
