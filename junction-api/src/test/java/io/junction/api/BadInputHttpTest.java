package io.junction.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.testing.TestDatabase;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every bad input gets a 4xx that names the field, and changes nothing. */
@ApiServer
class BadInputHttpTest {

  private final Client api;
  private final Placing placing;
  private Client.Registered worker;
  private Client.Registered stranger;
  private UUID theirs;

  BadInputHttpTest(Client api, TestDatabase database) {
    this.api = api;
    this.placing = new Placing(database);
  }

  @BeforeEach
  void populate() {
    worker = api.register("q", 4);
    stranger = api.register("q", 4);
    theirs = placing.place(api.submit("q"), stranger.id());
    api.beat(worker, 5);
  }

  @TestFactory
  Stream<DynamicTest> a_bad_input_is_named_and_changes_nothing() {
    return Stream.of(
            BadWorkers.cases(),
            BadJobs.cases(),
            BadLimits.cases(),
            BadBuilds.cases(),
            BadSubscriptions.cases())
        .flatMap(cases -> cases)
        .map(
            bad ->
                DynamicTest.dynamicTest(
                    bad.name(),
                    () -> {
                      var before = placing.everything();
                      var answer =
                          api.send(
                              tokenOf(bad.token()),
                              bad.method(),
                              bad.path()
                                  .replace("{worker}", worker.id().toString())
                                  .replace("{theirs}", theirs.toString()),
                              bad.body());
                      assertThat(answer.status())
                          .as(answer.body().toString())
                          .isEqualTo(bad.status());
                      assertThat(answer.problem()).isEqualTo(bad.problem());
                      assertThat(answer.field())
                          .as(answer.body().toString())
                          .isEqualTo(bad.field());
                      assertThat(answer.body().path("detail").asString()).isNotBlank();
                      assertThat(answer.headers().firstValue("content-type"))
                          .hasValue("application/problem+json");
                      assertThat(placing.everything()).isEqualTo(before);
                    }));
  }

  private String tokenOf(String who) {
    return switch (who) {
      case "own" -> worker.token();
      case "stranger" -> stranger.token();
      case "forged" -> worker.token().substring(0, worker.token().length() - 4) + "AAAA";
      default -> who;
    };
  }

  @Test
  void what_is_not_json_at_all_is_an_unsupported_media_type() {
    var request =
        java.net.http.HttpRequest.newBuilder(api.uri("/v1/jobs"))
            .header("X-Junction-Token", Client.SCHEDULER)
            .header("Content-Type", "text/plain")
            .POST(java.net.http.HttpRequest.BodyPublishers.ofString("hello"))
            .build();
    assertThat(api.send(request).problem()).isEqualTo("unsupported-media-type");
  }

  @Test
  void a_chunked_body_has_the_same_limit() {
    var bytes =
        ("{\"queue\":\"q\",\"config\":{\"a\":\"" + "x".repeat(6_000_000) + "\"}}")
            .getBytes(java.nio.charset.StandardCharsets.UTF_8);
    var request =
        java.net.http.HttpRequest.newBuilder(api.uri("/v1/jobs"))
            .header("X-Junction-Token", Client.SCHEDULER)
            .header("Content-Type", "application/json")
            .POST(
                java.net.http.HttpRequest.BodyPublishers.ofInputStream(
                    () -> new java.io.ByteArrayInputStream(bytes)))
            .build();
    assertThat(api.send(request).status()).isEqualTo(413);
  }

  @Test
  void a_name_like_those_of_travis_passes() {
    assertThat(api.submit("builds.linux-2_x")).isPositive();
    assertThat(api.submit("q".repeat(127))).isPositive();
  }
}
