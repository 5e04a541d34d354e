package io.junction.api;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.junction.testing.TestDatabase;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

@ApiServer
class SubscriptionChangesHttpTest {

  private static final String PATH = "/v1/subscriptions";

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
