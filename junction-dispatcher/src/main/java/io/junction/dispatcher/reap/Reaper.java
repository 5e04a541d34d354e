package io.junction.dispatcher.reap;

import io.junction.common.assignment.Outcome;
import io.junction.common.queue.QueueStatements;
import io.junction.common.transition.Closing;
import io.junction.common.transition.Transitions;
import io.junction.dispatcher.DispatcherProperties;
import io.junction.dispatcher.loop.Wake;
import io.junction.dispatcher.loop.Work;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Closes the assignments of whoever fell silent, never took up its job, or ran out of time.
 *
 * <p>Invariant: silence that Junction could not have heard through is held against nobody.
 * Concurrency: what somebody else is changing at this moment is left to the next look.
 */
@Component
class Reaper implements Work {

  private final ReapStatements statements;
  private final QueueStatements locks;
  private final Transitions transitions;
  private final TransactionTemplate transaction;
  private final DispatcherProperties.Reaping properties;
  private final ReapMeters meters;

  Reaper(
      ReapStatements statements,
      QueueStatements locks,
      Transitions transitions,
      TransactionTemplate transaction,
      DispatcherProperties properties,
      ReapMeters meters) {
    this.statements = statements;
    this.locks = locks;
    this.transitions = transitions;
    this.transaction = transaction;
    this.properties = properties.reaper();
    this.meters = meters;
  }

  @Override
  public String name() {
    return "reap";
  }

  @Override
  public Duration interval() {
    return properties.poll();
  }

  @Override
  public ReapRound run(Wake wake) {
    var look = statements.look(properties.takeUp());
    var closed = new EnumMap<Outcome, Integer>(Outcome.class);
    int workers = look.silent() > 0 ? giveUp(closed) : 0;
    if (look.stale() > 0) {
      close(
          closed,
          () -> statements.suspects(properties.takeUp(), properties.batch()),
          ids -> statements.stale(ids, properties.takeUp(), properties.stale()));
    }
    if (look.expired()) {
      close(closed, () -> statements.timingOut(properties.batch()), statements::expired);
    }
    return new ReapRound(
        workers,
        closed.getOrDefault(Outcome.LOST, 0),
        closed.getOrDefault(Outcome.REJECTED, 0),
        closed.getOrDefault(Outcome.TIMED_OUT, 0),
        !look.busy(),
        look.expired() ? null : look.timeout());
  }

  private int giveUp(Map<Outcome, Integer> closed) {
    int workers = 0;
    for (var batch :
        SilentWorker.batches(statements.silent(properties.batch()), properties.batch())) {
      workers += transaction.execute(status -> giveUp(batch, closed));
    }
    meters.workersLost(workers);
    return workers;
  }

  private int giveUp(List<SilentWorker> batch, Map<Outcome, Integer> closed) {
    locks.lock(List.of(batch.getFirst().queue()));
    var silent = statements.stillSilent(batch.stream().map(SilentWorker::id).toList());
    if (!silent.isEmpty()) {
      statements.giveUp(silent);
      closeAll(closed, statements.heldBy(silent, properties.stale()));
    }
    return silent.size();
  }

  /** Builds are locked before their jobs: so who is found is looked at anew when those are. */
  private void close(
      Map<Outcome, Integer> closed,
      Supplier<List<UUID>> find,
      Function<List<UUID>, List<Closing>> hold) {
    transaction.executeWithoutResult(
        status -> {
          var found = find.get();
          transitions.holdBuildsOf(found);
          closeAll(closed, hold.apply(found));
        });
  }

  private void closeAll(Map<Outcome, Integer> closed, List<Closing> closings) {
    var changes = transitions.close(closings);
    meters
        .closed(closings, changes)
        .forEach((outcome, n) -> closed.merge(outcome, n, Integer::sum));
  }
}
