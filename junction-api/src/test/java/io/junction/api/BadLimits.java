package io.junction.api;

import java.util.stream.Stream;

/** What no limit may be. */
final class BadLimits {

  private BadLimits() {}

  static Stream<BadInput> cases() {
    return Stream.of(owners(), repositories(), groups()).flatMap(cases -> cases);
  }

  private static Stream<BadInput> owners() {
    return Stream.of(
        owner("absurd", "{\"max_running\":1000001}", 422, "invalid", "max_running"),
        owner(
            "beyond an integer", "{\"max_running\":3000000000}", 400, "wrong-type", "max_running"),
        owner("a fraction", "{\"max_running\":1.5}", 400, "wrong-type", "max_running"),
        owner("as text", "{\"max_running\":\"many\"}", 400, "wrong-type", "max_running"),
        owner("unknown field", "{\"limit\":1}", 400, "unknown-field", "limit"),
        owner("a boost without an end", "{\"boost\":{\"max\":1}}", 422, "invalid", "boost.until"),
        owner(
            "a long name",
            "/v1/owners/" + "x".repeat(256),
            "{\"max_running\":1}",
            422,
            "invalid",
            "name"));
  }

  private static Stream<BadInput> repositories() {
    return Stream.of(
        repository("negative", "{\"max_running\":-2}", 422, "invalid"),
        repository("as text", "{\"max_running\":\"one\"}", 400, "wrong-type"));
  }

  private static Stream<BadInput> groups() {
    return Stream.of(
        group("of 10 kB", "{\"group\":\"" + "x".repeat(10_240) + "\"}", 422, "group"),
        group("without a name", "{\"max\":1}", 422, "group"),
        group("with an empty name", "{\"group\":\"\"}", 422, "group"),
        group("of nobody", "{\"group\":\"g\",\"max\":0}", 422, "max"),
        group("of too many", "{\"group\":\"g\",\"max\":1000001}", 422, "max"));
  }

  private static BadInput owner(
      String name, String body, int status, String problem, String field) {
    return owner(name, "/v1/owners/bad", body, status, problem, field);
  }

  private static BadInput owner(
      String name, String path, String body, int status, String problem, String field) {
    return new BadInput(
        "limit of an owner: " + name, Client.OPERATOR, "PUT", path, body, status, problem, field);
  }

  private static BadInput repository(String name, String body, int status, String problem) {
    return new BadInput(
        "limit of a repository: " + name,
        Client.OPERATOR,
        "PUT",
        "/v1/repositories/bad/app",
        body,
        status,
        problem,
        "max_running");
  }

  private static BadInput group(String name, String group, int status, String field) {
    return new BadInput(
        "concurrency group: " + name,
        Client.SCHEDULER,
        "POST",
        "/v1/jobs",
        "{\"queue\":\"q\",\"concurrency\":" + group + "}",
        status,
        "invalid",
        "concurrency." + field);
  }
}
