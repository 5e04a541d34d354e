package io.junction.dispatcher.notify.outbox;

import io.junction.common.hint.Hint;
import io.junction.common.hint.Hints;
import io.junction.common.subscription.SubscriptionStatements;
import io.junction.common.subscription.travis.TravisNotifications;
import io.junction.dispatcher.DispatcherProperties;
import io.junction.dispatcher.loop.Wake;
import io.junction.dispatcher.loop.Work;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads on in the events and makes deliveries of them; of a build's config, subscriptions.
 *
 * <p>Concurrency: one dispatcher at a time holds the cursor; another one skips it. A late commit is
 * seen like this: event 7 is taken by a transaction that goes on, event 8 commits, the page holds
 * 8, the cursor is (8, a snapshot in which the transaction of 7 is under way). It commits; the next
 * page looks for the events of that very transaction, and finds 7.
 */
@Component
@ConditionalOnBooleanProperty(name = "junction.notifications.enabled", matchIfMissing = true)
class Outbox implements Work {

  private static final Logger log = LoggerFactory.getLogger(Outbox.class);
  private static final String BUILD_CREATED = "build:created";

  private final OutboxStatements statements;
  private final SubscriptionStatements subscriptions;
  private final Hints hints;
  private final TransactionTemplate transaction;
  private final DispatcherProperties.Notifying properties;

  Outbox(
      OutboxStatements statements,
      SubscriptionStatements subscriptions,
      Hints hints,
      TransactionTemplate transaction,
      DispatcherProperties properties) {
    this.statements = statements;
    this.subscriptions = subscriptions;
    this.hints = hints;
    this.transaction = transaction;
    this.properties = properties.notifications();
  }

  @Override
  public String name() {
    return "outbox";
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
  public boolean hears(Hint hint) {
    return hint instanceof Hint.Event;
  }

  @Override
  public OutboxRound run(Wake wake) {
    if (!statements.look()) {
      return OutboxRound.NOTHING;
    }
    return Objects.requireNonNull(transaction.execute(status -> read()));
  }

  private OutboxRound read() {
    var cursor = statements.take();
    if (cursor.isEmpty()) {
      return OutboxRound.TAKEN;
    }
    var page = statements.page(cursor.get(), properties.batch());
    var events = page.events();
    if (events.isEmpty()) {
      return OutboxRound.NOTHING;
    }
    var made = subscribe(events);
    var wishes = OutboxPlanner.plan(events, statements.interests(events));
    int deliveries = wishes.isEmpty() ? 0 : statements.insert(wishes);
    if (deliveries > 0) {
      hints.deliveries();
    }
    statements.move(events.getLast().id(), page.seen());
    boolean full = events.size() >= properties.batch();
    return new OutboxRound(deliveries, made.subscriptions, made.refusals, full, false);
  }

  private Made subscribe(List<ReadEvent> events) {
    var created =
        events.stream()
            .filter(event -> event.kind().equals(BUILD_CREATED))
            .map(ReadEvent::build)
            .filter(Objects::nonNull)
            .toList();
    var made = new Made(0, 0);
    if (!created.isEmpty()) {
      for (var config : statements.configs(created)) {
        made = made.plus(subscribe(config));
      }
    }
    return made;
  }

  private Made subscribe(OutboxStatements.Config config) {
    var reading = TravisNotifications.read(config.notifications());
    int refusals = reading.refusals().size();
    reading.refusals().forEach(refusal -> log.warn("build {}: {}", config.build(), refusal));
    int subscribed = 0;
    for (var spec : reading.subscriptions()) {
      if (subscriptions.canKeep(spec.target())) {
        subscriptions.insert(spec, config.build());
        subscribed++;
      } else {
        log.warn(
            "build {}: {} holds a secret, and there is no JUNCTION_NOTIFICATIONS_KEY",
            config.build(),
            spec.target().kind().text());
        refusals++;
      }
    }
    return new Made(subscribed, refusals);
  }

  private record Made(int subscriptions, int refusals) {

    Made plus(Made more) {
      return new Made(subscriptions + more.subscriptions, refusals + more.refusals);
    }
  }
}
