package io.junction.api;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.junction.testing.TestDatabase;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

@ApiServer
class SubscriptionChangesHttpTest {

  private static final String PATH = "/v1/subscriptions";
  private static final String OTHER_KEY = "A".repeat(43) + "=";
  private static final String GITHUB =
      "{\"kind\":\"github\",\"target\":{\"api_url\":\"https://93.184.215.14/api/v3/\","
          + "\"token\":\"SECRET\"}}";

  private final Client api;
  private final TestDatabase database;

  SubscriptionChangesHttpTest(Client api, TestDatabase database) {
    this.api = api;
    this.database = database;
  }

  @Test
  void a_name_server_that_takes_its_time_keeps_nobody_from_the_row() throws Exception {
    var path = webhook();
    var question = SlowNames.of("one.slow.test");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Client.Answer> slow =
          threads.submit(() -> target(path, "\"url\":\"https://one.slow.test/\""));
      question.awaitAsked();
      database
          .jdbc()
          .sql("SELECT id FROM junction.subscriptions WHERE id = :id FOR UPDATE NOWAIT")
          .param("id", idOf(path))
          .query(UUID.class)
          .single();
      assertThat(api.patch(Client.OPERATOR, path, "{\"name\":\"ours\"}").status()).isEqualTo(200);
      question.answer();
      assertThat(slow.get(20, SECONDS).status()).isEqualTo(200);
    }
    var changed = api.get(Client.READER, path).body();
    assertThat(changed.path("name").asString()).isEqualTo("ours");
    assertThat(urlOf(path)).isEqualTo("https://one.slow.test/");
  }

  @Test
  void a_target_that_changes_during_a_check_is_not_written_over() throws Exception {
    var path = webhook();
    var question = SlowNames.of("two.slow.test");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Client.Answer> slow =
          threads.submit(() -> target(path, "\"url\":\"https://two.slow.test/\""));
      question.awaitAsked();
      assertThat(target(path, "\"url\":\"https://93.184.215.14/quick\"").status()).isEqualTo(200);
      question.answer();
      var refused = slow.get(20, SECONDS);
      assertThat(refused.status()).isEqualTo(409);
      assertThat(refused.problem()).isEqualTo("refused");
      assertThat(refused.body().path("detail").asString())
          .endsWith("was changed meanwhile: ask again");
    }
    assertThat(urlOf(path)).isEqualTo("https://93.184.215.14/quick");
  }

  @Test
  void one_that_is_deleted_during_a_check_is_not_found() throws Exception {
    var path = webhook();
    var question = SlowNames.of("three.slow.test");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Client.Answer> slow =
          threads.submit(() -> target(path, "\"url\":\"https://three.slow.test/\""));
      question.awaitAsked();
      assertThat(api.delete(Client.OPERATOR, path).status()).isEqualTo(204);
      question.answer();
      assertThat(slow.get(20, SECONDS).status()).isEqualTo(404);
    }
  }

  @Test
  void a_token_does_not_go_along_to_another_server() {
    var path = make(GITHUB);
    assertSetAnew("token", "api_url", target(path, "\"api_url\":\"https://93.184.215.15\""));
    assertThat(target(path, "\"api_url\":\"https://93.184.215.14/api/v3\"").status())
        .as("the same as before")
        .isEqualTo(200);
    assertThat(target(path, "\"context\":\"ours\",\"repository\":\"a/b\"").status()).isEqualTo(200);
    assertThat(target(path, "\"api_url\":\"https://93.184.215.15\",\"token\":\"OTHER\"").status())
        .isEqualTo(200);
    assertSetAnew("token", "api_url", target(path, "\"api_url\":\"https://api.github.com\""));
  }

  @Test
  void no_password_or_key_goes_along_to_another_server() {
    var path = irc("\"password\":\"SECRET\",\"channel_key\":\"SECRET2\",\"tls\":true");
    var server = "\"server\":\"93.184.215.15\"";
    assertSetAnew("password", "server", target(path, server));
    assertSetAnew("channel_key", "server", target(path, server + ",\"password\":\"OTHER\""));
    assertSetAnew("password", "server", target(path, server + ",\"channel_key\":\"OTHER\""));
    assertSetAnew("password", "port", target(path, "\"port\":6667"));
    assertSetAnew("password", "tls", target(path, "\"tls\":false"));
    var same = "\"server\":\"93.184.215.14\",\"port\":6697,\"tls\":true,\"channels\":[\"#b\"]";
    assertThat(target(path, same).status()).isEqualTo(200);
    var anew = ",\"password\":\"OTHER\",\"channel_key\":\"OTHER\"";
    assertThat(target(path, server + anew).status()).isEqualTo(200);
  }

  @Test
  void without_a_secret_that_is_sent_a_target_moves_freely() {
    var server = "\"server\":\"93.184.215.15\"";
    assertThat(target(irc("\"tls\":true"), server).status()).isEqualTo(200);
    var locked = irc("\"channel_key\":\"SECRET\"");
    assertSetAnew("channel_key", "server", target(locked, server));
    assertThat(target(locked, server + ",\"channel_key\":\"OTHER\"").status()).isEqualTo(200);
    var hook = webhook();
    assertThat(target(hook, "\"url\":\"https://93.184.215.15/\"").status()).isEqualTo(200);
    assertThat(api.get(Client.READER, hook).body().path("secrets_set").asBoolean()).isTrue();
    var slack = make("{\"kind\":\"slack\",\"target\":{\"url\":\"https://93.184.215.14/SECRET\"}}");
    assertThat(target(slack, "\"url\":\"https://93.184.215.15/OTHER\"").status()).isEqualTo(200);
  }

  @Test
  void secrets_of_a_lost_key_are_replaced_and_others_are_said_not_to_open() {
    var path = make(GITHUB);
    try (var copy = ApiServer.Running.start("--junction.notifications.key=" + OTHER_KEY)) {
      int port = ApiServer.Running.portOf(copy);
      var heir = new Client(port, port);
      var refused = heir.patch(Client.OPERATOR, path, "{\"target\":{\"context\":\"ours\"}}");
      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.body().path("detail").asString())
          .isEqualTo(
              "target.token does not open as it is stored:"
                  + " JUNCTION_NOTIFICATIONS_KEY is not its key");
      var mended = "{\"target\":{\"token\":\"NEW\",\"api_url\":\"https://93.184.215.15\"}}";
      assertThat(heir.patch(Client.OPERATOR, path, mended).status()).isEqualTo(200);
      var context = "{\"target\":{\"context\":\"ours\"}}";
      assertThat(heir.patch(Client.OPERATOR, path, context).status()).isEqualTo(200);
    }
  }

  @Test
  void without_any_key_stored_secrets_still_ask_for_one() {
    var path = make(GITHUB);
    try (var copy = ApiServer.Running.start("--junction.notifications.key=")) {
      int port = ApiServer.Running.portOf(copy);
      var keyless = new Client(port, port);
      for (var fields : List.of("\"context\":\"ours\"", "\"token\":\"NEW\"")) {
        var refused = keyless.patch(Client.OPERATOR, path, "{\"target\":{" + fields + "}}");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body().path("detail").asString()).startsWith("target.token needs a key");
      }
    }
  }

  @Test
  void there_are_500_for_the_same_at_most_whether_made_or_changed() {
    var path = webhook();
    database
        .jdbc()
        .sql(
            """
            INSERT INTO junction.subscriptions
              (id, kind, target, repository, on_success, on_failure, on_start, on_pull_requests)
            SELECT gen_random_uuid(), 'email', '{"recipients": ["a@b.io"]}', 'acme/web',
              'always', 'always', 'never', false FROM generate_series(1, 500)
            """)
        .update();
    var refused = filter(path, "{\"repository\":\"acme/web\"}");
    assertThat(refused.status()).as(refused.body().toString()).isEqualTo(422);
    assertThat(refused.field()).isEqualTo("filter");
    assertThat(filter(path, "{\"repository\":\"acme/api\"}").status()).isEqualTo(200);
    var another =
        "{\"kind\":\"email\",\"target\":{\"recipients\":[\"a@b.io\"]},"
            + "\"filter\":{\"repository\":\"acme/web\"}}";
    assertThat(api.post(Client.OPERATOR, PATH, another).field()).isEqualTo("filter");
    var oneOfThem =
        database
            .jdbc()
            .sql("SELECT id FROM junction.subscriptions WHERE audience = :audience LIMIT 1")
            .param("audience", "repository:acme/web")
            .query(UUID.class)
            .single();
    assertThat(
            filter(PATH + "/" + oneOfThem, "{\"repository\":\"acme/web\",\"branch\":\"x\"}")
                .status())
        .as("it is one of the 500 and stays so")
        .isEqualTo(200);
  }

  private Client.Answer filter(String path, String filter) {
    return api.patch(Client.OPERATOR, path, "{\"filter\":" + filter + "}");
  }

  private static void assertSetAnew(String secret, String place, Client.Answer answer) {
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(422);
    assertThat(answer.field()).isEqualTo("target." + secret);
    assertThat(answer.body().path("detail").asString())
        .isEqualTo("target." + secret + " must be set anew when target." + place + " changes");
  }

  private String irc(String more) {
    return make(
        "{\"kind\":\"irc\",\"target\":{\"server\":\"93.184.215.14\",\"channels\":[\"#a\"],"
            + more
            + "}}");
  }

  private String webhook() {
    return make("{\"kind\":\"webhook\",\"target\":{\"url\":\"https://93.184.215.14/hook\"}}");
  }

  private String make(String body) {
    var made = api.post(Client.OPERATOR, PATH, body);
    assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
    return made.headers().firstValue("location").orElseThrow();
  }

  private Client.Answer target(String path, String fields) {
    return api.patch(Client.OPERATOR, path, "{\"target\":{" + fields + "}}");
  }

  private String urlOf(String path) {
    return api.get(Client.READER, path).body().path("target").path("url").asString();
  }

  private static UUID idOf(String path) {
    return UUID.fromString(path.substring(path.lastIndexOf('/') + 1));
  }
}
