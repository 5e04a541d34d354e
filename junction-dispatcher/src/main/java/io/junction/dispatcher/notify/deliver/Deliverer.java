package io.junction.dispatcher.notify.deliver;

import io.junction.common.hint.Hint;
import io.junction.dispatcher.DispatcherProperties;
import io.junction.dispatcher.loop.Wake;
import io.junction.dispatcher.loop.Work;
import io.junction.dispatcher.notify.Sender;
import io.junction.dispatcher.notify.deliver.ClaimStatements.Look;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Claims what is due, has it sent, and records what came of it.
 *
 * <p>Concurrency: its rounds are the only ones here that speak with the database; the carriers wake
 * it with their answers, and all that have come by then share a transaction. Failure: an answer
 * that cannot be recorded stays for the next round; with the process it is lost, and the message
 * goes again.
 */
@Component
@ConditionalOnBooleanProperty(name = "junction.notifications.enabled", matchIfMissing = true)
class Deliverer implements Work {

  /** Renewed at a third of it; no sender takes as long unless it has many requests to make. */
  static final Duration LEASE = Duration.ofSeconds(60);

  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Logger log = LoggerFactory.getLogger(Deliverer.class);

  private final ClaimStatements claims;
  private final MessageStatements messages;
  private final AnswerStatements answers;
  private final TransactionTemplate transaction;
  private final DispatcherProperties.Notifying properties;
  private final MeterRegistry meters;
  private final Carriers carriers;
  private final AtomicReference<Double> oldestAge = new AtomicReference<>(0.0);
  private long renewed = System.nanoTime();

  Deliverer(
      Statements statements,
      ObjectProvider<Sender> senders,
      TransactionTemplate transaction,
      DispatcherProperties properties,
      MeterRegistry meters) {
    this.claims = statements.claims();
    this.messages = statements.messages();
    this.answers = statements.answers();
    this.transaction = transaction;
    this.properties = properties.notifications();
    this.meters = meters;
    this.carriers = new Carriers(senders.stream().toList(), this.properties.threads(), PATIENCE);
    meters.gauge("junction.deliveries.oldest.age", oldestAge, AtomicReference::get);
  }

  @Override
  public String name() {
    return "deliver";
  }

  @Override
  public Duration interval() {
    return properties.poll();
  }

  /** Nobody waits in front of a screen for what a hint got lost of. */
  @Override
  public Duration longestQuiet() {
    return Duration.ofSeconds(30);
  }

  @Override
  public void wakeBy(Runnable wake) {
    carriers.wakeBy(wake);
  }

  @Override
  public boolean hears(Hint hint) {
    return hint instanceof Hint.Delivery;
  }

  @Override
  public DeliverRound run(Wake wake) {
    var done = record();
    renew();
    Look look = null;
    if (wake == Wake.POLL) {
      look = look();
    }
    boolean pending = look == null || look.oldestAge() != null;
    int claimed = pending ? claim() : 0;
    if (look == null && claimed == 0) {
      look = look();
    }
    return new DeliverRound(
        done.count("delivered"),
        done.count("pending"),
        done.count("dead"),
        done.disabled().size(),
        look != null && look.oldestAge() == null && carriers.isIdle(),
        look == null ? null : look.next());
  }

  private Look look() {
    var look = claims.look();
    oldestAge.set(Objects.requireNonNullElse(look.oldestAge(), 0.0));
    return look;
  }

  private Tally record() {
    var answered = carriers.answered();
    if (answered.isEmpty()) {
      return Tally.NOTHING;
    }
    var done = Objects.requireNonNull(transaction.execute(status -> record(answered)));
    carriers.forget(answered);
    for (var answer : answered) {
      var kind = answer.claimed().kind().text();
      meters.counter("junction.deliveries", "kind", kind, "answer", answer.word()).increment();
    }
    done.disabled().forEach(id -> log.warn("subscription {} is disabled: nothing arrives", id));
    return done;
  }

  private Tally record(List<Answered> answered) {
    var recorded = answers.record(answered);
    var standings = Tally.standings(recorded);
    return new Tally(recorded, standings.isEmpty() ? List.of() : answers.judge(standings));
  }

  private void renew() {
    if (System.nanoTime() - renewed < LEASE.toNanos() / 3) {
      return;
    }
    var kept = carriers.kept();
    if (!kept.isEmpty()) {
      claims.renew(kept, LEASE);
    }
    renewed = System.nanoTime();
  }

  private int claim() {
    int free = carriers.free();
    if (free == 0) {
      return 0;
    }
    var claimed = Objects.requireNonNull(transaction.execute(status -> claim(free)));
    claimed.forEach(carriers::carry);
    return claimed.size();
  }

  private List<Claimed> claim(int free) {
    var ids = claims.claim(free, properties.perTarget(), LEASE);
    return ids.isEmpty() ? List.of() : messages.load(ids);
  }

  /** All that it asks the database. */
  @Component
  record Statements(ClaimStatements claims, MessageStatements messages, AnswerStatements answers) {}
}
