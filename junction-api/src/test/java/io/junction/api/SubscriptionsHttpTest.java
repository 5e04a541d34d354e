package io.junction.api;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.uuid.Generators;
import io.junction.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@ApiServer
@org.junit.jupiter.api.extension.ExtendWith(OutputCaptureExtension.class)
class SubscriptionsHttpTest {

  private static final String PATH = "/v1/subscriptions";
  private static final String HOOK = "\"url\":\"https://93.184.215.14/hook\"";
  private static final String SECRET = "whsec_U0VDUkVUU0VDUkVUU0VDUkVUU0VDUkVUU0VDUkVU";

  private final Client api;
  private final TestDatabase database;

  SubscriptionsHttpTest(Client api, TestDatabase database) {
    this.api = api;
    this.database = database;
  }

  static Stream<String> everyKind() {
    return Stream.of(
        "{\"kind\":\"webhook\",\"target\":{" + HOOK + ",\"secrets\":[\"" + SECRET + "\"]}}",
        "{\"kind\":\"github\",\"target\":{\"api_url\":\"https://93.184.215.14/api/v3/\","
            + "\"token\":\"SECRET\",\"checks\":true}}",
        "{\"kind\":\"slack\",\"target\":{\"url\":\"https://93.184.215.14/SECRET\","
            + "\"channel\":\"#ci\",\"templates\":[\"%{branch}: %{message}\"]}}",
        "{\"kind\":\"irc\",\"target\":{\"server\":\"93.184.215.14\",\"channels\":[\"#ci\"],"
            + "\"password\":\"SECRET\",\"channel_key\":\"SECRET2\",\"tls\":true}}");
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void what_is_secret_never_comes_out_again(String body, CapturedOutput output) {
    var made = api.post(Client.SCHEDULER, PATH, body);
    assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
    var path = made.headers().firstValue("location").orElseThrow();
    var answers =
        List.of(
            made,
            api.get(Client.READER, path),
            api.get(Client.OPERATOR, PATH),
            api.patch(Client.OPERATOR, path, "{\"name\":\"ours\"}"),
            api.patch(Client.OPERATOR, path, "{\"target\":{}}"),
            api.post(Client.OPERATOR, path + "/enable", ""));
    for (var answer : answers) {
      assertThat(answer.status()).isBetween(200, 201);
      assertThat(answer.body().toString()).doesNotContain("SECRET").doesNotContain(SECRET);
    }
    assertThat(api.get(Client.READER, path).body().path("secrets_set").asBoolean()).isTrue();
    assertThat(output.getAll()).doesNotContain("SECRET").doesNotContain(SECRET);
    var stored =
        database
            .jdbc()
            .sql("SELECT s::text || encode(secrets, 'escape') FROM junction.subscriptions s")
            .query(String.class)
            .single();
    assertThat(stored).doesNotContain("SECRET").doesNotContain(SECRET);
  }

  @Test
  void a_webhook_without_a_secret_gets_one_that_is_shown_once() {
    var made = api.post(Client.OPERATOR, PATH, "{\"kind\":\"webhook\",\"target\":{" + HOOK + "}}");
    assertThat(made.body().path("secret").asString()).matches("whsec_[A-Za-z0-9+/]{43}=");
    var path = made.headers().firstValue("location").orElseThrow();
    var read = api.get(Client.READER, path).body();
    assertThat(read.has("secret")).isFalse();
    assertThat(read.path("secrets_set").asBoolean()).isTrue();
    assertThat(read.path("target").toString())
        .isEqualTo("{\"url\":\"https://93.184.215.14/hook\"}");
  }

  @Test
  void what_is_not_said_is_as_hub_has_it() {
    var email = api.get(Client.READER, email("{}")).body();
    assertThat(email.path("on_success").asString()).isEqualTo("change");
    assertThat(email.path("on_failure").asString()).isEqualTo("always");
    assertThat(email.path("on_start").asString()).isEqualTo("never");
    assertThat(email.path("on_pull_requests").asBoolean()).isFalse();
    assertThat(email.path("secrets_set").asBoolean()).isFalse();
    var hook =
        api.post(Client.OPERATOR, PATH, "{\"kind\":\"webhook\",\"target\":{" + HOOK + "}}").body();
    assertThat(hook.path("on_success").asString()).isEqualTo("always");
    assertThat(hook.path("on_pull_requests").asBoolean()).isTrue();
  }

  @Test
  void a_change_touches_what_it_names() {
    var path = email("{\"owner\":\"acme\",\"branch\":\"main\"}");
    api.patch(Client.SCHEDULER, path, "{\"on_success\":\"always\",\"name\":\"ours\"}");
    var changed = api.get(Client.READER, path).body();
    assertThat(changed.path("on_success").asString()).isEqualTo("always");
    assertThat(changed.path("name").asString()).isEqualTo("ours");
    assertThat(changed.path("filter").path("owner").asString()).isEqualTo("acme");
    api.patch(
        Client.SCHEDULER,
        path,
        "{\"filter\":{\"repository\":\"acme/web\"},\"target\":{\"recipients\":[\"c@d.io\"]}}");
    changed = api.get(Client.READER, path).body();
    assertThat(changed.path("filter").path("owner").isNull()).isTrue();
    assertThat(changed.path("filter").path("repository").asString()).isEqualTo("acme/web");
    assertThat(changed.path("target").toString()).isEqualTo("{\"recipients\":[\"c@d.io\"]}");
    var refused = api.patch(Client.SCHEDULER, path, "{\"kind\":\"irc\"}");
    assertThat(refused.field()).isEqualTo("kind");
    assertThat(api.patch(Client.SCHEDULER, path, "{\"target\":{\"recipients\":[]}}").field())
        .isEqualTo("target.recipients");
  }

  @Test
  void a_changed_target_keeps_the_secrets_that_are_not_named() {
    var made =
        api.post(
            Client.OPERATOR,
            PATH,
            "{\"kind\":\"irc\",\"target\":{\"server\":\"93.184.215.14\",\"channels\":[\"#a\"],"
                + "\"password\":\"SECRET\"}}");
    var path = made.headers().firstValue("location").orElseThrow();
    var before = secrets();
    api.patch(Client.OPERATOR, path, "{\"target\":{\"channels\":[\"#b\"]}}");
    assertThat(api.get(Client.READER, path).body().path("target").path("channels").toString())
        .isEqualTo("[\"#b\"]");
    assertThat(secrets()).isNotNull().hasSameSizeAs(before);
  }

  @Test
  void a_deleted_one_is_gone_with_its_deliveries() {
    var path = email("{}");
    delivery(idOf(path), "dead");
    assertThat(api.delete(Client.OPERATOR, path).status()).isEqualTo(204);
    assertThat(api.get(Client.READER, path).status()).isEqualTo(404);
    assertThat(count("deliveries")).isZero();
  }

  @Test
  void pages_lead_on_and_can_be_of_a_repository() {
    for (int n = 0; n < 5; n++) {
      email(n % 2 == 0 ? "{\"repository\":\"acme/web\"}" : "{}");
    }
    assertThat(walk(PATH + "?limit=2&", "subscriptions", "after")).hasSize(5).isSorted();
    assertThat(walk(PATH + "?repository=acme/web&limit=2&", "subscriptions", "after")).hasSize(3);
    assertThat(walk(PATH + "?build=7&", "subscriptions", "after")).isEmpty();
  }

  @Test
  void deliveries_are_listed_newest_first_and_by_state() {
    var path = email("{}");
    for (int n = 0; n < 6; n++) {
      delivery(idOf(path), n % 3 == 0 ? "delivered" : "dead");
    }
    var all = walk(path + "/deliveries?limit=4&", "deliveries", "before");
    assertThat(all).hasSize(6).isSortedAccordingTo(java.util.Comparator.reverseOrder());
    assertThat(walk(path + "/deliveries?state=dead&limit=3&", "deliveries", "before")).hasSize(4);
    assertThat(walk(path + "/deliveries?state=pending&", "deliveries", "before")).isEmpty();
    var one = api.get(Client.READER, path + "/deliveries?limit=1").body().path("deliveries").get(0);
    assertThat(one.path("error").asString()).isEqualTo("503");
    assertThat(one.path("due_at").isNull()).isTrue();
  }

  @Test
  void a_redelivery_is_due_at_once_with_the_same_id() {
    var path = email("{}");
    for (var state : List.of("dead", "delivered", "skipped")) {
      var delivery = delivery(idOf(path), state);
      var again =
          api.post(Client.SCHEDULER, path + "/deliveries/" + delivery + "/redeliver", "").body();
      assertThat(again.path("id").asString()).isEqualTo("" + delivery);
      assertThat(again.path("state").asString()).isEqualTo("pending");
      assertThat(again.path("delivered_at").isNull()).isTrue();
    }
  }

  @Test
  void a_disabled_one_repeats_nothing_before_it_is_enabled() {
    var path = email("{}");
    var delivery = delivery(idOf(path), "dead");
    var again = path + "/deliveries/" + delivery + "/redeliver";
    disable();
    assertRefusedAsDisabled(api.post(Client.SCHEDULER, again, ""));
    assertThat(stateOf(delivery)).isEqualTo("dead");
    api.post(Client.OPERATOR, path + "/enable", "");
    assertThat(api.post(Client.SCHEDULER, again, "").status()).isEqualTo(200);
    assertThat(stateOf(delivery)).isEqualTo("pending");
  }

  /** Disabling has changed the subscription, and has not committed yet. */
  @Test
  void a_repetition_waits_for_whoever_is_disabling_and_sees_it() throws Exception {
    var path = email("{}");
    var delivery = delivery(idOf(path), "dead");
    var again = path + "/deliveries/" + delivery + "/redeliver";
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var transaction = new TransactionTemplate(new JdbcTransactionManager(database.dataSource()));
      var answer =
          transaction.execute(
              status -> {
                disable();
                var asked = threads.submit(() -> api.post(Client.SCHEDULER, again, ""));
                await().atMost(20, SECONDS).until(() -> asked.isDone() || database.waiters() > 0);
                return asked;
              });
      assertRefusedAsDisabled(answer.get(20, SECONDS));
    }
    assertThat(stateOf(delivery)).isEqualTo("dead");
  }

  /** Whoever records answers holds deliveries, and then waits for the subscription. */
  @Test
  void a_repetition_does_not_wait_for_a_delivery_while_it_holds_the_subscription() {
    var path = email("{}");
    var delivery = delivery(idOf(path), "pending");
    var transaction = new TransactionTemplate(new JdbcTransactionManager(database.dataSource()));
    transaction.executeWithoutResult(
        status -> {
          database
              .jdbc()
              .sql("UPDATE junction.deliveries SET due_at = now() WHERE id = :id")
              .param("id", delivery)
              .update();
          var again = path + "/deliveries/" + delivery + "/redeliver";
          assertThat(api.post(Client.SCHEDULER, again, "").status()).isEqualTo(200);
        });
  }

  private static void assertRefusedAsDisabled(Client.Answer answer) {
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.problem()).isEqualTo("refused");
    assertThat(answer.body().path("state").asString()).isEqualTo("disabled");
    assertThat(answer.body().path("detail").asString()).endsWith("is disabled: enable it first");
  }

  @Test
  void a_disabled_one_is_enabled_again() {
    var path = email("{}");
    disable();
    assertThat(api.get(Client.READER, path).body().path("disabled_reason").asString())
        .isEqualTo("x");
    var enabled = api.post(Client.OPERATOR, path + "/enable", "").body();
    assertThat(enabled.path("disabled_at").isNull()).isTrue();
    assertThat(enabled.path("failures").asInt()).isZero();
  }

  @Test
  void without_a_key_what_has_secrets_is_refused_and_the_rest_works() {
    try (var keyless = ApiServer.Running.start("--junction.notifications.key=")) {
      int port = keyless.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
      var other = new Client(port, port);
      for (var body : everyKind().toList()) {
        var refused = other.post(Client.OPERATOR, PATH, body);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.field()).startsWith("target.");
        assertThat(refused.body().path("detail").asString()).contains("JUNCTION_NOTIFICATIONS_KEY");
      }
      assertThat(other.post(Client.OPERATOR, PATH, body("{}")).status()).isEqualTo(201);
    }
  }

  private String email(String filter) {
    var made = api.post(Client.OPERATOR, PATH, body(filter));
    assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
    return made.headers().firstValue("location").orElseThrow();
  }

  private static String body(String filter) {
    return "{\"kind\":\"email\",\"target\":{\"recipients\":[\"a@b.io\"]},\"filter\":"
        + filter
        + "}";
  }

  private UUID delivery(UUID subscription, String state) {
    var id = Generators.timeBasedEpochGenerator().generate();
    database
        .jdbc()
        .sql(
            """
            INSERT INTO junction.deliveries
              (id, event_id, subscription_id, build_id, state, delivered_at, last_error)
            VALUES (:id, (SELECT count(*) + 1 FROM junction.deliveries), :subscription, 1, :state,
              CASE WHEN :state = 'delivered' THEN now() END, '503')
            """)
        .param("id", id)
        .param("subscription", subscription)
        .param("state", state)
        .update();
    return id;
  }

  private void disable() {
    database
        .jdbc()
        .sql(
            "UPDATE junction.subscriptions SET disabled_at = now(), disabled_reason = 'x',"
                + " failures = 10, failing_since = now()")
        .update();
  }

  private String stateOf(UUID delivery) {
    return database
        .jdbc()
        .sql("SELECT state FROM junction.deliveries WHERE id = :id")
        .param("id", delivery)
        .query(String.class)
        .single();
  }

  private List<String> walk(String path, String list, String cursor) {
    var ids = new ArrayList<String>();
    var from = path;
    for (int page = 0; page < 20; page++) {
      var body = api.get(Client.READER, from).body();
      body.path(list).forEach(element -> ids.add(element.path("id").asString()));
      if (!body.has("next")) {
        return ids;
      }
      from = path + cursor + "=" + body.path("next").asString();
    }
    throw new AssertionError("there is no end of pages");
  }

  private static UUID idOf(String path) {
    return UUID.fromString(path.substring(path.lastIndexOf('/') + 1));
  }

  private byte[] secrets() {
    return database
        .jdbc()
        .sql("SELECT secrets FROM junction.subscriptions")
        .query((row, n) -> row.getBytes(1))
        .single();
  }

  private long count(String table) {
    return database.jdbc().sql("SELECT count(*) FROM junction." + table).query(Long.class).single();
  }
}
