package io.junction.api;

import java.util.stream.Stream;

/** What no job and no queue may be. */
final class BadJobs {

  private BadJobs() {}

  static Stream<BadInput> cases() {
    return Stream.of(jobs(), queues(), bodies()).flatMap(cases -> cases);
  }

  private static Stream<BadInput> jobs() {
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
        new BadInput(
            "unknown job", Client.OPERATOR, "GET", "/v1/jobs/987654321", "", 404, "not-found", ""),
        new BadInput(
            "cancel of an unknown job",
            Client.OPERATOR,
            "POST",
            "/v1/jobs/987654321/cancel",
            "",
            404,
            "not-found",
            ""),
        new BadInput(
            "job id that is none",
            Client.OPERATOR,
            "GET",
            "/v1/jobs/x",
            "",
            400,
            "malformed",
            "id"),
        new BadInput(
            "limit of a list",
            Client.OPERATOR,
            "GET",
            "/v1/jobs?limit=1001",
            "",
            422,
            "invalid",
            "limit"),
        new BadInput(
            "limit that is none",
            Client.OPERATOR,
            "GET",
            "/v1/jobs?limit=x",
            "",
            400,
            "malformed",
            "limit"),
        new BadInput(
            "state that is none",
            Client.OPERATOR,
            "GET",
            "/v1/jobs?state=done",
            "",
            422,
            "invalid",
            "state"));
  }

  private static Stream<BadInput> queues() {
    return Stream.of(
        new BadInput(
            "negative capacity",
            Client.OPERATOR,
            "PUT",
            "/v1/queues/q",
            "{\"capacity\":-1}",
            422,
            "invalid",
            "capacity"),
        new BadInput(
            "absurd capacity",
            Client.OPERATOR,
            "PUT",
            "/v1/queues/q",
            "{\"capacity\":1000001}",
            422,
            "invalid",
            "capacity"),
        new BadInput(
            "bad queue name",
            Client.OPERATOR,
            "PUT",
            "/v1/queues/a%20b",
            "{\"capacity\":1}",
            422,
            "invalid",
            "name"),
        new BadInput(
            "long queue name",
            Client.OPERATOR,
            "PUT",
            "/v1/queues/" + "q".repeat(128),
            "{\"capacity\":1}",
            422,
            "invalid",
            "name"),
        new BadInput(
            "unknown queue",
            Client.OPERATOR,
            "GET",
            "/v1/queues/nowhere",
            "",
            404,
            "not-found",
            ""),
        new BadInput(
            "unknown path", Client.OPERATOR, "GET", "/v1/nowhere", "", 404, "not-found", ""),
        new BadInput(
            "wrong method",
            Client.OPERATOR,
            "PUT",
            "/v1/jobs",
            "{}",
            405,
            "method-not-allowed",
            ""));
  }

  private static Stream<BadInput> bodies() {
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

  private static BadInput job(String name, String body, int status, String problem, String field) {
    return new BadInput(
        "job: " + name, Client.SCHEDULER, "POST", "/v1/jobs", body, status, problem, field);
  }
}
