package io.junction.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.testing.TestDatabase;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every bad input gets a 4xx that names the field, and changes nothing. */
@ApiServer
class BadInputHttpTest {

  private static final String BEAT = "/v1/workers/{worker}/heartbeat";
  private static final String NIL = "00000000-0000-7000-8000-000000000000";

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

  /** Who asks for what, and which problem and field answer it. */
  private record Case(
      String name,
      String token,
      String method,
      String path,
      String body,
      int status,
      String problem,
      String field) {}

  @TestFactory
  Stream<DynamicTest> a_bad_input_is_named_and_changes_nothing() {
    return cases()
        .map(
            bad ->
                DynamicTest.dynamicTest(
                    bad.name,
                    () -> {
                      var before = placing.everything();
                      var answer =
                          api.send(
                              tokenOf(bad.token),
                              bad.method,
                              bad.path
                                  .replace("{worker}", worker.id().toString())
                                  .replace("{theirs}", theirs.toString()),
                              bad.body);
                      assertThat(answer.status())
                          .as(answer.body().toString())
                          .isEqualTo(bad.status);
                      assertThat(answer.problem()).isEqualTo(bad.problem);
                      assertThat(answer.field()).as(answer.body().toString()).isEqualTo(bad.field);
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

  private static Stream<Case> cases() {
    return Stream.of(tokens(), heartbeats(), registrations(), jobs(), queues(), bodies())
        .flatMap(s -> s);
  }

  private static Stream<Case> tokens() {
    return Stream.of(
        new Case("missing token", "", "GET", "/v1/jobs", "", 401, "unauthenticated", ""),
        new Case("unknown token", "nobody", "GET", "/v1/jobs", "", 401, "unauthenticated", ""),
        new Case(
            "forged worker token", "forged", "POST", BEAT, beat(6), 401, "unauthenticated", ""),
        new Case("foreign worker token", "stranger", "POST", BEAT, beat(6), 403, "forbidden", ""),
        new Case(
            "role token to heartbeat", Client.WORKER, "POST", BEAT, beat(6), 403, "forbidden", ""),
        new Case("worker token opens no job", "own", "GET", "/v1/jobs", "", 403, "forbidden", ""),
        new Case(
            "worker token submits nothing",
            "own",
            "POST",
            "/v1/jobs",
            "{\"queue\":\"q\"}",
            403,
            "forbidden",
            ""),
        new Case(
            "worker token retires no other",
            "stranger",
            "DELETE",
            "/v1/workers/{worker}",
            "",
            403,
            "forbidden",
            ""),
        new Case(
            "reader changes nothing",
            Client.READER,
            "POST",
            "/v1/jobs",
            "{\"queue\":\"q\"}",
            403,
            "forbidden",
            ""),
        new Case(
            "scheduler pauses nothing",
            Client.SCHEDULER,
            "POST",
            "/v1/queues/q/pause",
            "",
            403,
            "forbidden",
            ""),
        new Case(
            "scheduler registers nobody",
            Client.SCHEDULER,
            "POST",
            "/v1/workers",
            register(""),
            403,
            "forbidden",
            ""),
        new Case(
            "foreign assignment",
            "own",
            "PATCH",
            "/v1/assignments/{theirs}/state",
            "{\"event\":\"start\"}",
            404,
            "not-found",
            ""),
        new Case(
            "foreign assignment's heartbeat",
            "own",
            "POST",
            "/v1/assignments/{theirs}/heartbeat",
            "",
            404,
            "not-found",
            ""));
  }

  private static Stream<Case> heartbeats() {
    return Stream.of(
        own("repeated seq", beat(5), 409, "stale-heartbeat", ""),
        own("overtaken seq", beat(4), 409, "stale-heartbeat", ""),
        own("zero seq", beat(0), 422, "invalid", "seq"),
        own("negative seq", beat(-1), 422, "invalid", "seq"),
        own("huge seq", "{\"seq\":9007199254740993,\"assignments\":[]}", 422, "invalid", "seq"),
        own(
            "overflowing seq",
            "{\"seq\":99999999999999999999,\"assignments\":[]}",
            400,
            "wrong-type",
            "seq"),
        own("missing seq", "{\"assignments\":[]}", 422, "invalid", "seq"),
        own("missing list", "{\"seq\":6}", 422, "invalid", "assignments"),
        own("text as seq", "{\"seq\":\"6\",\"assignments\":[]}", 400, "wrong-type", "seq"),
        own("fraction as seq", "{\"seq\":6.5,\"assignments\":[]}", 400, "wrong-type", "seq"),
        own("boolean as seq", "{\"seq\":true,\"assignments\":[]}", 400, "wrong-type", "seq"),
        own(
            "list as text",
            "{\"seq\":6,\"assignments\":\"" + NIL + "\"}",
            400,
            "wrong-type",
            "assignments"),
        own(
            "invalid UUID",
            "{\"seq\":6,\"assignments\":[\"x\"]}",
            400,
            "wrong-type",
            "assignments[0]"),
        own("null id", "{\"seq\":6,\"assignments\":[null]}", 422, "invalid", "assignments[0]"),
        own(
            "unknown id",
            "{\"seq\":6,\"assignments\":[\"" + NIL + "\"]}",
            422,
            "invalid",
            "assignments[0]"),
        own(
            "100,000 ids",
            "{\"seq\":6,\"assignments\":[" + ids(100_000) + "]}",
            422,
            "invalid",
            "assignments"),
        own(
            "unknown field",
            "{\"seq\":6,\"assignments\":[],\"jobs\":[]}",
            400,
            "unknown-field",
            "jobs"),
        own("a field twice", "{\"seq\":6,\"seq\":7,\"assignments\":[]}", 400, "malformed", ""),
        own(
            "negative wait",
            "{\"seq\":6,\"assignments\":[],\"wait_ms\":-1}",
            422,
            "invalid",
            "wait_ms"),
        own(
            "endless wait",
            "{\"seq\":6,\"assignments\":[],\"wait_ms\":600001}",
            422,
            "invalid",
            "wait_ms"),
        own(
            "draining as text",
            "{\"seq\":6,\"assignments\":[],\"draining\":\"yes\"}",
            400,
            "wrong-type",
            "draining"),
        own("unknown event", update("\"event\":\"explode\""), 422, "invalid", "updates[0].event"),
        own("missing event", update("\"reason\":\"x\""), 422, "invalid", "updates[0].event"),
        own(
            "finish without state",
            update("\"event\":\"finish\""),
            422,
            "invalid",
            "updates[0].state"),
        own(
            "finish that cancels",
            update("\"event\":\"finish\",\"state\":\"canceled\""),
            422,
            "invalid",
            "updates[0].state"),
        own(
            "start with state",
            update("\"event\":\"start\",\"state\":\"passed\""),
            422,
            "invalid",
            "updates[0].state"),
        own(
            "start with result",
            update("\"event\":\"start\",\"result\":{}"),
            422,
            "invalid",
            "updates[0].result"),
        own(
            "result that is no object",
            update("\"event\":\"finish\",\"state\":\"passed\",\"result\":[1]"),
            400,
            "wrong-type",
            "updates[0].result"),
        own(
            "large result",
            update(
                "\"event\":\"finish\",\"state\":\"passed\",\"result\":{\"a\":\""
                    + "x".repeat(70_000)
                    + "\"}"),
            422,
            "invalid",
            "updates[0].result"),
        own(
            "long reason",
            update("\"event\":\"restart\",\"reason\":\"" + "x".repeat(1001) + "\""),
            422,
            "invalid",
            "updates[0].reason"),
        own(
            "NUL in a reason",
            update("\"event\":\"restart\",\"reason\":\"a\\u0000b\""),
            422,
            "invalid",
            "updates[0].reason"),
        own(
            "half a pair in a result",
            update("\"event\":\"finish\",\"state\":\"passed\",\"result\":{\"a\":\"\\ud800\"}"),
            422,
            "invalid",
            "updates[0].result"),
        own(
            "time that is none",
            update("\"event\":\"start\",\"at\":\"yesterday\""),
            400,
            "wrong-type",
            "updates[0].at"),
        own(
            "update without assignment",
            "{\"seq\":6,\"assignments\":[],\"updates\":[{\"event\":\"start\"}]}",
            422,
            "invalid",
            "updates[0].assignment"),
        new Case(
            "path that is no UUID",
            "own",
            "POST",
            "/v1/workers/abc/heartbeat",
            beat(6),
            403,
            "forbidden",
            ""));
  }

  private static Stream<Case> registrations() {
    return Stream.of(
        registration("no queue", "{\"protocol\":1}", 422, "invalid", "queue"),
        registration(
            "queue with a space", "{\"queue\":\"a b\",\"protocol\":1}", 422, "invalid", "queue"),
        registration(
            "queue of 128 characters",
            "{\"queue\":\"" + "q".repeat(128) + "\",\"protocol\":1}",
            422,
            "invalid",
            "queue"),
        registration("no protocol", "{\"queue\":\"q\"}", 422, "invalid", "protocol"),
        registration(
            "later protocol", "{\"queue\":\"q\",\"protocol\":2}", 422, "invalid", "protocol"),
        registration("no slots", register(",\"max_job_count\":0"), 422, "invalid", "max_job_count"),
        registration(
            "too many slots",
            register(",\"max_job_count\":10001"),
            422,
            "invalid",
            "max_job_count"),
        registration(
            "attributes as list", register(",\"attributes\":[]"), 400, "wrong-type", "attributes"),
        registration(
            "large attributes",
            register(",\"attributes\":{\"a\":\"" + "x".repeat(17_000) + "\"}"),
            422,
            "invalid",
            "attributes"),
        registration(
            "replaces nobody",
            register(",\"replaces\":\"" + NIL + "\""),
            422,
            "invalid",
            "replaces"),
        registration("number as name", register(",\"name\":7"), 400, "wrong-type", "name"));
  }

  private static Stream<Case> jobs() {
    var deep = "{\"a\":".repeat(105) + "1" + "}".repeat(105);
    return Stream.of(
        job("no queue", "{}", 422, "invalid", "queue"),
        job("null queue", "{\"queue\":null}", 422, "invalid", "queue"),
        job("empty queue", "{\"queue\":\"\"}", 422, "invalid", "queue"),
        job("slash in queue", "{\"queue\":\"a/b\"}", 422, "invalid", "queue"),
        job("config as list", "{\"queue\":\"q\",\"config\":[]}", 400, "wrong-type", "config"),
        job("config as text", "{\"queue\":\"q\",\"config\":\"{}\"}", 400, "wrong-type", "config"),
        job(
            "NUL in config",
            "{\"queue\":\"q\",\"config\":{\"a\":[\"\\u0000\"]}}",
            422,
            "invalid",
            "config"),
        job(
            "NUL in a key of config",
            "{\"queue\":\"q\",\"config\":{\"\\u0000\":1}}",
            422,
            "invalid",
            "config"),
        job(
            "number beyond a double",
            "{\"queue\":\"q\",\"config\":{\"a\":1e999}}",
            422,
            "invalid",
            "config"),
        job("deep config", "{\"queue\":\"q\",\"config\":" + deep + "}", 422, "invalid", "config"),
        job(
            "endlessly deep body",
            "{\"queue\":\"q\",\"config\":{\"a\":" + "[".repeat(100_000),
            400,
            "malformed",
            ""),
        job(
            "large config",
            "{\"queue\":\"q\",\"config\":{\"a\":\"" + "x".repeat(1_100_000) + "\"}}",
            422,
            "invalid",
            "config"),
        job(
            "priority out of range",
            "{\"queue\":\"q\",\"priority\":1000001}",
            422,
            "invalid",
            "priority"),
        job(
            "overflowing priority",
            "{\"queue\":\"q\",\"priority\":99999999999}",
            400,
            "wrong-type",
            "priority"),
        job("no time at all", "{\"queue\":\"q\",\"timeout_ms\":0}", 422, "invalid", "timeout_ms"),
        job(
            "negative timeout",
            "{\"queue\":\"q\",\"timeout_ms\":-1}",
            422,
            "invalid",
            "timeout_ms"),
        job("31 days", "{\"queue\":\"q\",\"timeout_ms\":2678400000}", 422, "invalid", "timeout_ms"),
        job("no attempts", "{\"queue\":\"q\",\"max_attempts\":0}", 422, "invalid", "max_attempts"),
        job(
            "too many attempts",
            "{\"queue\":\"q\",\"max_attempts\":1001}",
            422,
            "invalid",
            "max_attempts"),
        job(
            "exclusive as number",
            "{\"queue\":\"q\",\"exclusive\":1}",
            400,
            "wrong-type",
            "exclusive"),
        job("empty owner", "{\"queue\":\"q\",\"owner\":\"\"}", 422, "invalid", "owner"),
        job(
            "unknown field",
            "{\"queue\":\"q\",\"state\":\"passed\"}",
            400,
            "unknown-field",
            "state"),
        job("no jobs", "[]", 422, "invalid", "body"),
        job("a null job", "[null]", 422, "invalid", "[0]"),
        job(
            "one bad of three",
            "[{\"queue\":\"q\"},{\"queue\":\"q\"},{\"queue\":\"!\"}]",
            422,
            "invalid",
            "[2].queue"),
        job(
            "one mistyped of two",
            "[{\"queue\":\"q\"},{\"queue\":7}]",
            400,
            "wrong-type",
            "[1].queue"),
        job(
            "10,001 jobs",
            "[" + "{\"queue\":\"q\"},".repeat(10_000) + "{\"queue\":\"q\"}]",
            422,
            "invalid",
            "body"),
        new Case(
            "unknown job", Client.OPERATOR, "GET", "/v1/jobs/987654321", "", 404, "not-found", ""),
        new Case(
            "cancel of an unknown job",
            Client.OPERATOR,
            "POST",
            "/v1/jobs/987654321/cancel",
            "",
            404,
            "not-found",
            ""),
        new Case(
            "job id that is none",
            Client.OPERATOR,
            "GET",
            "/v1/jobs/x",
            "",
            400,
            "malformed",
            "id"),
        new Case(
            "limit of a list",
            Client.OPERATOR,
            "GET",
            "/v1/jobs?limit=1001",
            "",
            422,
            "invalid",
            "limit"),
        new Case(
            "limit that is none",
            Client.OPERATOR,
            "GET",
            "/v1/jobs?limit=x",
            "",
            400,
            "malformed",
            "limit"),
        new Case(
            "state that is none",
            Client.OPERATOR,
            "GET",
            "/v1/jobs?state=done",
            "",
            422,
            "invalid",
            "state"));
  }

  private static Stream<Case> queues() {
    return Stream.of(
        new Case(
            "negative capacity",
            Client.OPERATOR,
            "PUT",
            "/v1/queues/q",
            "{\"capacity\":-1}",
            422,
            "invalid",
            "capacity"),
        new Case(
            "absurd capacity",
            Client.OPERATOR,
            "PUT",
            "/v1/queues/q",
            "{\"capacity\":1000001}",
            422,
            "invalid",
            "capacity"),
        new Case(
            "bad queue name",
            Client.OPERATOR,
            "PUT",
            "/v1/queues/a%20b",
            "{\"capacity\":1}",
            422,
            "invalid",
            "name"),
        new Case(
            "long queue name",
            Client.OPERATOR,
            "PUT",
            "/v1/queues/" + "q".repeat(128),
            "{\"capacity\":1}",
            422,
            "invalid",
            "name"),
        new Case(
            "unknown queue",
            Client.OPERATOR,
            "GET",
            "/v1/queues/nowhere",
            "",
            404,
            "not-found",
            ""),
        new Case("unknown path", Client.OPERATOR, "GET", "/v1/nowhere", "", 404, "not-found", ""),
        new Case(
            "wrong method",
            Client.OPERATOR,
            "PUT",
            "/v1/jobs",
            "{}",
            405,
            "method-not-allowed",
            ""));
  }

  private static Stream<Case> bodies() {
    return Stream.of(
        job("no JSON", "queue=q", 400, "malformed", ""),
        job("half a body", "{\"queue\":", 400, "malformed", ""),
        job("more after the end", "{\"queue\":\"q\"} {}", 400, "malformed", ""),
        job(
            "too large",
            "{\"queue\":\"q\",\"config\":{\"a\":\"" + "x".repeat(5_300_000) + "\"}}",
            413,
            "too-large",
            ""));
  }

  private static Case own(String name, String body, int status, String problem, String field) {
    return new Case(name, "own", "POST", BEAT, body, status, problem, field);
  }

  private static Case registration(
      String name, String body, int status, String problem, String field) {
    return new Case(
        "registration: " + name,
        Client.WORKER,
        "POST",
        "/v1/workers",
        body,
        status,
        problem,
        field);
  }

  private static Case job(String name, String body, int status, String problem, String field) {
    return new Case(
        "job: " + name, Client.SCHEDULER, "POST", "/v1/jobs", body, status, problem, field);
  }

  private static String beat(long seq) {
    return "{\"seq\":" + seq + ",\"assignments\":[]}";
  }

  private static String update(String fields) {
    return "{\"seq\":6,\"assignments\":[],\"updates\":[{\"assignment\":\""
        + NIL
        + "\","
        + fields
        + "}]}";
  }

  private static String register(String fields) {
    return "{\"queue\":\"q\",\"protocol\":1" + fields + "}";
  }

  private static String ids(int count) {
    var random = new Random(7);
    var ids = new StringBuilder();
    for (int i = 0; i < count; i++) {
      ids.append(i == 0 ? "\"" : ",\"")
          .append(new UUID(random.nextLong(), random.nextLong()))
          .append('"');
    }
    return ids.toString();
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
