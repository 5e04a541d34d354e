package io.junction.api;

import java.util.stream.Stream;

/** What no build may be. */
final class BadBuilds {

  private static final String JOB = "{\"queue\":\"q\"}";

  private BadBuilds() {}

  static Stream<BadInput> cases() {
    return Stream.of(
        build("neither jobs nor stages", "{}", 422, "invalid", "jobs"),
        build("both", "{\"jobs\":[" + JOB + "],\"stages\":[]}", 422, "invalid", "jobs"),
        build("no jobs", "{\"jobs\":[]}", 422, "invalid", "jobs"),
        build("a null job", "{\"jobs\":[" + JOB + ",null]}", 422, "invalid", "jobs[1]"),
        build("a bad job", "{\"jobs\":[" + JOB + ",{}]}", 422, "invalid", "jobs[1].queue"),
        build("no stages", "{\"stages\":[]}", 422, "invalid", "stages"),
        build("a null stage", "{\"stages\":[null]}", 422, "invalid", "stages[0]"),
        build(
            "a stage without jobs",
            "{\"stages\":[{\"jobs\":[" + JOB + "]},{\"name\":\"x\"}]}",
            422,
            "invalid",
            "stages[1].jobs"),
        build(
            "a bad job of a stage",
            "{\"stages\":[{\"jobs\":[{\"queue\":\"a/b\"}]}]}",
            422,
            "invalid",
            "stages[0].jobs[0].queue"),
        build(
            "too many stages",
            "{\"stages\":[" + "{},".repeat(100) + "{}]}",
            422,
            "invalid",
            "stages"),
        build("unknown field", jobs("\"brunch\":\"x\""), 400, "unknown-field", "brunch"),
        build("number as branch", jobs("\"branch\":7"), 400, "wrong-type", "branch"),
        build("empty branch", jobs("\"branch\":\"\""), 422, "invalid", "branch"),
        build(
            "long number",
            jobs("\"number\":\"" + "1".repeat(256) + "\""),
            422,
            "invalid",
            "number"),
        build("NUL in message", jobs("\"message\":\"a\\u0000\""), 422, "invalid", "message"),
        build("event type", jobs("\"event_type\":\"tag\""), 422, "invalid", "event_type"),
        build(
            "number of a pull request",
            jobs("\"pull_request_number\":7"),
            422,
            "invalid",
            "pull_request_number"),
        build("a script as url", jobs("\"url\":\"javascript:alert(1)\""), 422, "invalid", "url"),
        build("a line in the url", jobs("\"url\":\"https://a\\nb\""), 422, "invalid", "url"),
        build(
            "previous state",
            jobs("\"previous_state\":\"started\""),
            422,
            "invalid",
            "previous_state"),
        build("config as list", jobs("\"config\":[]"), 400, "wrong-type", "config"),
        new BadInput(
            "a job outside of builds that may fail",
            Client.SCHEDULER,
            "POST",
            "/v1/jobs",
            "{\"queue\":\"q\",\"allow_failure\":true}",
            422,
            "invalid",
            "allow_failure"),
        new BadInput(
            "a build by a reader",
            Client.READER,
            "POST",
            "/v1/builds",
            "{\"jobs\":[" + JOB + "]}",
            403,
            "forbidden",
            ""),
        new BadInput(
            "unknown state",
            Client.READER,
            "GET",
            "/v1/builds?state=no",
            "",
            422,
            "invalid",
            "state"),
        new BadInput(
            "limit", Client.READER, "GET", "/v1/builds?limit=0", "", 422, "invalid", "limit"));
  }

  private static String jobs(String more) {
    return "{\"jobs\":[" + JOB + "]," + more + "}";
  }

  private static BadInput build(
      String name, String body, int status, String problem, String field) {
    return new BadInput(
        "build: " + name, Client.SCHEDULER, "POST", "/v1/builds", body, status, problem, field);
  }
}
