package io.junction.api;

import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;

/** Whoever is no worker, and what no worker may say. */
final class BadWorkers {

  private static final String BEAT = "/v1/workers/{worker}/heartbeat";
  private static final String NIL = "00000000-0000-7000-8000-000000000000";

  private BadWorkers() {}

  static Stream<BadInput> cases() {
    return Stream.of(tokens(), heartbeats(), registrations()).flatMap(cases -> cases);
  }

  private static Stream<BadInput> tokens() {
    return Stream.of(
        new BadInput("missing token", "", "GET", "/v1/jobs", "", 401, "unauthenticated", ""),
        new BadInput("unknown token", "nobody", "GET", "/v1/jobs", "", 401, "unauthenticated", ""),
        new BadInput(
            "forged worker token", "forged", "POST", BEAT, beat(6), 401, "unauthenticated", ""),
        new BadInput(
            "foreign worker token", "stranger", "POST", BEAT, beat(6), 403, "forbidden", ""),
        new BadInput(
            "role token to heartbeat", Client.WORKER, "POST", BEAT, beat(6), 403, "forbidden", ""),
        new BadInput(
            "worker token opens no job", "own", "GET", "/v1/jobs", "", 403, "forbidden", ""),
        new BadInput(
            "worker token submits nothing",
            "own",
            "POST",
            "/v1/jobs",
            "{\"queue\":\"q\"}",
            403,
            "forbidden",
            ""),
        new BadInput(
            "worker token retires no other",
            "stranger",
            "DELETE",
            "/v1/workers/{worker}",
            "",
            403,
            "forbidden",
            ""),
        new BadInput(
            "reader changes nothing",
            Client.READER,
            "POST",
            "/v1/jobs",
            "{\"queue\":\"q\"}",
            403,
            "forbidden",
            ""),
        new BadInput(
            "scheduler pauses nothing",
            Client.SCHEDULER,
            "POST",
            "/v1/queues/q/pause",
            "",
            403,
            "forbidden",
            ""),
        new BadInput(
            "scheduler registers nobody",
            Client.SCHEDULER,
            "POST",
            "/v1/workers",
            register(""),
            403,
            "forbidden",
            ""),
        new BadInput(
            "foreign assignment",
            "own",
            "PATCH",
            "/v1/assignments/{theirs}/state",
            "{\"event\":\"start\"}",
            404,
            "not-found",
            ""),
        new BadInput(
            "foreign assignment's heartbeat",
            "own",
            "POST",
            "/v1/assignments/{theirs}/heartbeat",
            "",
            404,
            "not-found",
            ""));
  }

  private static Stream<BadInput> heartbeats() {
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
        own(
            "null update",
            "{\"seq\":6,\"assignments\":[],\"updates\":[null]}",
            422,
            "invalid",
            "updates[0]"),
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
        new BadInput(
            "path that is no UUID",
            "own",
            "POST",
            "/v1/workers/abc/heartbeat",
            beat(6),
            403,
            "forbidden",
            ""));
  }

  private static Stream<BadInput> registrations() {
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

  private static BadInput own(String name, String body, int status, String problem, String field) {
    return new BadInput(name, "own", "POST", BEAT, body, status, problem, field);
  }

  private static BadInput registration(
      String name, String body, int status, String problem, String field) {
    return new BadInput(
        "registration: " + name,
        Client.WORKER,
        "POST",
        "/v1/workers",
        body,
        status,
        problem,
        field);
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
}
