package io.junction.dispatcher.notify.deliver;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.junction.common.hint.Hint;
import io.junction.common.subscription.SecretBox;
import io.junction.dispatcher.DispatcherCopy;
import io.junction.dispatcher.Rows;
import io.junction.dispatcher.loop.Wake;
import io.junction.dispatcher.notify.Answer;
import io.junction.dispatcher.notify.BuildRows;
import io.junction.dispatcher.notify.Message;
import io.junction.testing.Postgres;
import io.junction.testing.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@Postgres
class DelivererPostgresTest {

  private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);
  private static final Map<String, String> SETTINGS =
      Map.of("junction.notifications.threads", "8", "junction.notifications.key", KEY);

  private final FakeSender sender = new FakeSender();
  private DispatcherCopy copy;
  private Deliverer deliverer;
  private Rows rows;
  private BuildRows builds;

  @BeforeEach
  void start(TestDatabase database) {
    rows = new Rows(database);
    builds = new BuildRows(rows);
    copy = new DispatcherCopy(SETTINGS, sender);
    deliverer = copy.get(Deliverer.class);
  }

  @AfterEach
  void stop() {
    copy.close();
  }

  @Test
  void a_message_says_what_the_build_was_and_what_its_jobs_are() {
    long build = builds.build();
    rows.run(
        "UPDATE junction.builds SET state = 'started', started_at = now() WHERE id = ?", build);
    rows.run(
        "INSERT INTO junction.jobs (queue, build_id, number, allow_failure)"
            + " VALUES ('q', ?, '12.1', true)",
        build);
    builds.finish(build, "failed");
    var delivery = builds.delivery(builds.webhook("acme/web"), build, "build:started");
    deliverAll();
    var message = sender.messages().getFirst();
    assertThat(message.delivery()).isEqualTo(delivery);
    assertThat(message.news().kind()).isEqualTo("build:started");
    assertThat(message.news().build().id()).isEqualTo(build);
    assertThat(message.news().build().state()).isEqualTo("started");
    assertThat(message.news().build().branch()).isEqualTo("main");
    assertThat(message.news().build().startedAt()).isNotNull();
    assertThat(message.news().jobs()).hasSize(1);
    assertThat(message.news().jobs().getFirst().number()).isEqualTo("12.1");
    assertThat(message.news().jobs().getFirst().allowFailure()).isTrue();
    assertThat(builds.stateOf(delivery)).isEqualTo("delivered");
    assertThat(answered("delivered")).isEqualTo(1);
  }

  @Test
  void of_a_subscription_and_build_one_goes_after_the_other() {
    var subscription = builds.webhook("acme/web");
    long build = builds.build();
    builds.start(build);
    builds.finish(build, "passed");
    var end = builds.delivery(subscription, build, "build:finished");
    var start = builds.delivery(subscription, build, "build:started");
    var creation = builds.delivery(subscription, build, "build:created");
    sender.answers(new Answer.Failed("away", null));
    settle();
    assertThat(ids()).containsExactly(creation);
    builds.letTimePass();
    settle();
    assertThat(ids()).containsExactly(creation, creation);
    sender.answers(new Answer.Delivered("200"));
    builds.letTimePass();
    deliverAll();
    assertThat(ids()).containsExactly(creation, creation, creation, start, end);
  }

  @Test
  void one_that_died_lets_the_next_of_its_build_go_on() {
    var subscription = builds.webhook("acme/web");
    long build = builds.build();
    builds.finish(build, "passed");
    var first = builds.delivery(subscription, build, "build:created");
    var second = builds.delivery(subscription, build, "build:finished");
    sender.answers(
        message ->
            message.delivery().equals(first)
                ? new Answer.Refused("410 Gone")
                : new Answer.Delivered("200"));
    deliverAll();
    assertThat(builds.stateOf(first)).isEqualTo("dead");
    assertThat(builds.stateOf(second)).isEqualTo("delivered");
    assertThat(rows.text("SELECT last_error FROM junction.deliveries WHERE id = ?", first))
        .isEqualTo("410 Gone");
    assertThat(rows.text("SELECT last_detail FROM junction.deliveries WHERE id = ?", second))
        .isEqualTo("200");
  }

  /** The slow target hangs while the other's 20 messages arrive. */
  @Test
  void a_target_that_does_not_answer_delays_no_other() {
    var slow = builds.webhook("slow");
    var fast = builds.webhook("fast");
    builds.deliveries(slow, 20);
    builds.deliveries(fast, 20);
    var hangs = new CountDownLatch(1);
    var slowBuilds = buildsOf(slow);
    sender.answers(
        message -> {
          if (slowBuilds.contains(message.news().build().id())) {
            untilOpen(hangs);
          }
          return new Answer.Delivered("200");
        });
    rounds(() -> delivered(fast) == 20);
    assertThat(delivered(slow)).isZero();
    assertThat(claimed(slow)).isEqualTo(4);
    hangs.countDown();
    rounds(() -> delivered(slow) == 20);
  }

  @Test
  void a_target_in_trouble_has_one_message_at_a_time() {
    var subscription = builds.webhook("acme/web");
    builds.deliveries(subscription, 1);
    sender.answers(new Answer.Failed("503", null));
    settle();
    builds.deliveries(subscription, 10);
    var hangs = new CountDownLatch(1);
    sender.answers(
        message -> {
          untilOpen(hangs);
          return new Answer.Delivered("200");
        });
    deliverer.run(Wake.POLL);
    assertThat(claimed(subscription)).isEqualTo(1);
    hangs.countDown();
  }

  @Test
  void what_failed_is_tried_later_and_dies_after_a_day() {
    var delivery = oneDelivery();
    sender.answers(new Answer.Failed("503 Service Unavailable", null));
    settle();
    assertThat(builds.stateOf(delivery)).isEqualTo("pending");
    assertThat(seconds("due_at - now()")).isBetween(1L, 5L);
    assertThat(deliverer.run(Wake.POLL).nextLook()).isBetween(Duration.ZERO, BackOff.SHORTEST);
    rows.run("UPDATE junction.deliveries SET attempts = 15");
    builds.letTimePass();
    settle();
    assertThat(seconds("due_at - now()")).isBetween(1_790L, 3_600L);
    rows.run("UPDATE junction.deliveries SET dies_at = now() + interval '10 min'");
    builds.letTimePass();
    settle();
    assertThat(seconds("due_at - dies_at")).isZero();
    rows.run("UPDATE junction.deliveries SET dies_at = now() - interval '1 s'");
    builds.letTimePass();
    settle();
    assertThat(builds.stateOf(delivery)).isEqualTo("dead");
    assertThat(ids()).hasSize(4).containsOnly(delivery);
  }

  @Test
  void a_target_that_says_when_is_not_asked_sooner() {
    oneDelivery();
    sender.answers(new Answer.Failed("429", Duration.ofMinutes(20)));
    settle();
    assertThat(seconds("due_at - now()")).isBetween(1_190L, 1_200L);
  }

  @Test
  void a_sender_that_throws_has_failed() {
    var delivery = oneDelivery();
    sender.answers(
        message -> {
          throw new IllegalStateException("a bug");
        });
    settle();
    assertThat(builds.stateOf(delivery)).isEqualTo("pending");
    assertThat(rows.text("SELECT last_error FROM junction.deliveries"))
        .isEqualTo("the sender failed by a bug");
  }

  /** The first holder is as good as dead: it answers when another has taken over. */
  @Test
  void a_claim_that_has_ended_is_taken_over_and_the_former_holder_changes_nothing() {
    var delivery = oneDelivery();
    var hangs = new CountDownLatch(1);
    sender.answers(
        message -> {
          untilOpen(hangs);
          return new Answer.Refused("too late");
        });
    deliverer.run(Wake.POLL);
    var other = new FakeSender();
    try (var heir = new DispatcherCopy(SETTINGS, other)) {
      assertThat(heir.get(Deliverer.class).run(Wake.POLL).idle()).isFalse();
      assertThat(other.messages()).isEmpty();
      rows.run(
          "UPDATE junction.deliveries SET due_at = now() - interval '1 s',"
              + " claimed_until = now() - interval '1 s'");
      heir.get(Deliverer.class).run(Wake.POLL);
      hangs.countDown();
      rounds(() -> answered("refused") == 1);
      assertThat(builds.stateOf(delivery)).isEqualTo("pending");
      rounds(heir.get(Deliverer.class), () -> builds.stateOf(delivery).equals("delivered"));
    }
    assertThat(ids()).containsExactly(delivery);
    assertThat(other.messages()).extracting(Message::delivery).containsExactly(delivery);
    assertThat(rows.number("SELECT attempts FROM junction.deliveries")).isEqualTo(2);
  }

  @Test
  void two_dispatchers_deliver_each_once() {
    builds.deliveries(builds.webhook("a"), 60);
    builds.deliveries(builds.webhook("b"), 60);
    var other = new FakeSender();
    try (var second = new DispatcherCopy(SETTINGS, other)) {
      await()
          .atMost(20, SECONDS)
          .until(
              () -> {
                deliverer.run(Wake.HINT);
                second.get(Deliverer.class).run(Wake.HINT);
                return rows.number(
                        "SELECT count(*) FROM junction.deliveries WHERE state = 'delivered'")
                    == 120;
              });
    }
    assertThat(sender.messages().size() + other.messages().size()).isEqualTo(120);
    assertThat(rows.number("SELECT max(attempts) FROM junction.deliveries")).isEqualTo(1);
  }

  @Test
  void a_subscription_is_disabled_when_ten_in_a_row_died_over_a_day() {
    var subscription = builds.webhook("acme/web");
    builds.deliveries(subscription, 9);
    sender.answers(new Answer.Refused("404"));
    rows.run("UPDATE junction.deliveries SET created_at = now() - interval '25 h'");
    deliverAll();
    assertThat(rows.number("SELECT failures FROM junction.subscriptions")).isEqualTo(9);
    sender.answers(new Answer.Delivered("200"));
    builds.deliveries(subscription, 1);
    deliverAll();
    assertThat(rows.number("SELECT failures FROM junction.subscriptions")).isZero();

    sender.answers(new Answer.Refused("404"));
    builds.deliveries(subscription, 12);
    deliverAll();
    assertThat(rows.text("SELECT disabled_at FROM junction.subscriptions")).isEqualTo("null");
    rows.run("UPDATE junction.subscriptions SET failing_since = now() - interval '25 h'");
    builds.deliveries(subscription, 2);
    long left = builds.build();
    builds.finish(left, "passed");
    var waiting = builds.delivery(subscription, left, "build:finished");
    rows.run(
        "UPDATE junction.deliveries SET due_at = now() + interval '1 h' WHERE id = ?", waiting);
    rounds(() -> !rows.text("SELECT disabled_at FROM junction.subscriptions").equals("null"));
    assertThat(builds.stateOf(waiting)).isEqualTo("skipped");
    assertThat(
            rows.text(
                "SELECT payload ->> 'id' FROM junction.events"
                    + " WHERE kind = 'subscription:disabled'"))
        .isEqualTo("" + subscription);
    builds.deliveries(subscription, 1);
    int sent = sender.messages().size();
    settle();
    assertThat(sender.messages()).hasSize(sent);
  }

  @Test
  void secrets_that_do_not_open_are_a_failure_that_a_key_can_repair() {
    var delivery = oneDelivery();
    rows.run("UPDATE junction.subscriptions SET secrets = '\\x0101020304aabbcc'::bytea");
    settle();
    assertThat(sender.messages()).isEmpty();
    assertThat(builds.stateOf(delivery)).isEqualTo("pending");
    assertThat(rows.text("SELECT last_error FROM junction.deliveries"))
        .contains("JUNCTION_NOTIFICATIONS_KEY");
    var sealed = copy.get(SecretBox.class).seal("{\"secrets\": [\"whsec_x\"]}");
    rows.run("UPDATE junction.subscriptions SET secrets = ?", (Object) sealed);
    builds.letTimePass();
    deliverAll();
    assertThat(sender.messages().getFirst().target())
        .hasFieldOrPropertyWithValue("secrets", List.of("whsec_x"));
  }

  @Test
  void an_event_that_is_pruned_is_no_news_any_more() {
    var delivery = oneDelivery();
    rows.run("DELETE FROM junction.events");
    settle();
    assertThat(builds.stateOf(delivery)).isEqualTo("dead");
  }

  @Test
  void it_is_idle_only_when_nothing_is_pending() {
    assertThat(deliverer.run(Wake.POLL).idle()).isTrue();
    oneDelivery();
    sender.answers(new Answer.Failed("503", null));
    settle();
    assertThat(deliverer.run(Wake.POLL).idle()).isFalse();
    assertThat(deliverer.hears(new Hint.Delivery())).isTrue();
    assertThat(deliverer.hears(new Hint.Event())).isFalse();
  }

  private UUID oneDelivery() {
    long build = builds.build();
    builds.finish(build, "passed");
    return builds.delivery(builds.webhook("acme/web"), build, "build:finished");
  }

  /** Rounds until nothing is under way and nothing is due. */
  private void settle() {
    deliverer.run(Wake.POLL);
    rounds(
        () ->
            rows.number("SELECT count(*) FROM junction.deliveries WHERE claimed_until > now()")
                == 0);
  }

  private void deliverAll() {
    rounds(
        () -> rows.number("SELECT count(*) FROM junction.deliveries WHERE state = 'pending'") == 0);
  }

  private void rounds(java.util.concurrent.Callable<Boolean> until) {
    rounds(deliverer, until);
  }

  private static void rounds(Deliverer deliverer, java.util.concurrent.Callable<Boolean> until) {
    await()
        .atMost(20, SECONDS)
        .pollInterval(Duration.ofMillis(5))
        .until(
            () -> {
              deliverer.run(Wake.POLL);
              return until.call();
            });
  }

  private double answered(String answer) {
    return copy.get(MeterRegistry.class)
        .counter("junction.deliveries", "kind", "webhook", "answer", answer)
        .count();
  }

  private List<UUID> ids() {
    return sender.messages().stream().map(Message::delivery).toList();
  }

  private List<Long> buildsOf(UUID subscription) {
    return rows
        .texts("SELECT build_id FROM junction.deliveries WHERE subscription_id = ?", subscription)
        .stream()
        .map(Long::valueOf)
        .toList();
  }

  private long delivered(UUID subscription) {
    return rows.number(
        "SELECT count(*) FROM junction.deliveries WHERE subscription_id = ?"
            + " AND state = 'delivered'",
        subscription);
  }

  private long claimed(UUID subscription) {
    return rows.number(
        "SELECT count(*) FROM junction.deliveries WHERE subscription_id = ?"
            + " AND claimed_until > now()",
        subscription);
  }

  private long seconds(String interval) {
    return rows.number(
        "SELECT round(extract(epoch FROM " + interval + ")) FROM junction.deliveries");
  }

  private static void untilOpen(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
