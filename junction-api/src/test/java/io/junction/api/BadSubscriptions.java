package io.junction.api;

import java.util.List;
import java.util.stream.Stream;

/** What no subscription may be. */
final class BadSubscriptions {

  private static final String NOBODY = "00000000-0000-7000-8000-000000000000";
  private static final String URL = "\"url\":\"https://93.184.215.14/\"";

  private BadSubscriptions() {}

  static Stream<BadInput> cases() {
    return Stream.of(shapes(), urls(), people(), chats(), filters(), paths())
        .flatMap(cases -> cases);
  }

  private static Stream<BadInput> shapes() {
    return Stream.of(
        raw("no kind", "{\"target\":{}}", 422, "invalid", "kind"),
        raw("unknown kind", "{\"kind\":\"pigeon\",\"target\":{}}", 422, "invalid", "kind"),
        raw("no target", "{\"kind\":\"email\"}", 422, "invalid", "target"),
        raw("target as text", "{\"kind\":\"email\",\"target\":\"x\"}", 400, "wrong-type", "target"),
        raw("unknown field", "{\"kind\":\"email\",\"to\":1}", 400, "unknown-field", "to"),
        target("unknown field of a target", "email", "\"bcc\":[]", 400, "unknown-field", "bcc"),
        target("field of another kind", "email", URL, 422, "invalid", "url"),
        target("port as text", "irc", "\"port\":\"6667\"", 400, "wrong-type", "port"),
        target("null in a list", "email", "\"recipients\":[null]", 422, "invalid", "recipients[0]"),
        invalid("webhook", URL + ",\"secrets\":[null]", "secrets[0]"),
        invalid("slack", URL + ",\"templates\":[null]", "templates[0]"),
        invalid("irc", irc("\"channels\":[null]"), "channels[0]"),
        invalid("irc", irc("\"channels\":[\"#a\"],\"templates\":[null]"), "templates[0]"),
        raw(
            "control in the name",
            "{\"kind\":\"email\",\"name\":\"a\\r\\nb\",\"target\":{\"recipients\":[\"a@b.io\"]}}",
            422,
            "invalid",
            "name"),
        raw(
            "unknown occasion",
            "{\"kind\":\"email\",\"on_success\":\"true\",\"target\":{\"recipients\":[\"a@b.io\"]}}",
            422,
            "invalid",
            "on_success"),
        raw(
            "occasion as boolean",
            "{\"kind\":\"email\",\"on_start\":true,\"target\":{\"recipients\":[\"a@b.io\"]}}",
            400,
            "wrong-type",
            "on_start"));
  }

  private static Stream<BadInput> urls() {
    var refused =
        List.of(
            "",
            "x",
            "ftp://93.184.215.14/",
            "file:///etc/passwd",
            "https://",
            "https://u:p@93.184.215.14/",
            "https://93.184.215.14/#f",
            "https://93.184.215.14/ x",
            "http://127.0.0.1/",
            "http://localhost:5432/",
            "http://10.1.2.3/",
            "http://192.168.0.1/",
            "http://172.16.9.9/",
            "http://169.254.169.254/latest/meta-data/",
            "http://0.0.0.0/",
            "http://[::1]/",
            "http://[fe80::1]/",
            "http://[fd00::1]/",
            "http://[::ffff:127.0.0.1]/",
            "http://2130706433/",
            "https://no-such-host.invalid/");
    return Stream.concat(
        refused.stream()
            .flatMap(
                url ->
                    Stream.of(
                        invalid("webhook", "\"url\":\"" + url + "\"", "url"),
                        invalid("slack", "\"url\":\"" + url + "\"", "url"),
                        invalid(
                            "github", "\"token\":\"t\",\"api_url\":\"" + url + "\"", "api_url"))),
        Stream.of(
            invalid("webhook", "\"secrets\":[]", "url"),
            invalid("webhook", URL + ",\"secrets\":[\"geheim\"]", "secrets[0]"),
            invalid("github", "\"api_url\":\"https://93.184.215.14\"", "token"),
            invalid("github", github("\"repository\":\"acme\""), "repository"),
            invalid("github", github("\"repository\":\"../x/y\""), "repository"),
            invalid("github", github("\"context\":\"a\\nb\""), "context"),
            invalid("github", github("\"statuses\":false"), "statuses")));
  }

  private static String github(String more) {
    return "\"token\":\"t\",\"api_url\":\"https://93.184.215.14\"," + more;
  }

  private static Stream<BadInput> people() {
    return Stream.concat(
        Stream.of(
            invalid("email", "\"recipients\":[]", "recipients"),
            invalid(
                "email",
                "\"recipients\":[" + "\"a@b.io\",".repeat(100) + "\"a@b.io\"]",
                "recipients")),
        Stream.of("", "x", "a@b", "a@b.io\\r\\nBcc: c@d.io", "A <a@b.io>", "a@b.io,c@d.io")
            .map(to -> invalid("email", "\"recipients\":[\"" + to + "\"]", "recipients[0]")));
  }

  private static Stream<BadInput> chats() {
    return Stream.of(
        invalid("slack", URL + ",\"channel\":\"a b\"", "channel"),
        invalid("slack", URL + ",\"templates\":[\"%{password}\"]", "templates[0]"),
        invalid("slack", URL + ",\"templates\":[\"a\\nb\"]", "templates[0]"),
        invalid("irc", "\"channels\":[\"#a\"]", "server"),
        invalid("irc", "\"server\":\"93.184.215.14\"", "channels"),
        invalid("irc", irc("\"channels\":[]"), "channels"),
        invalid("irc", irc("\"channels\":[\"#a\\r\\nQUIT\"]"), "channels[0]"),
        invalid("irc", irc("\"channels\":[\"a\"]"), "channels[0]"),
        invalid("irc", irc("\"channels\":[\"#a\"],\"nick\":\"a b\""), "nick"),
        invalid("irc", irc("\"channels\":[\"#a\"],\"port\":0"), "port"),
        invalid("irc", irc("\"channels\":[\"#a\"],\"password\":\"a\\nb\""), "password"),
        invalid("irc", irc("\"channels\":[\"#a\"],\"templates\":[\"\\u0002\"]"), "templates[0]"),
        invalid("irc", "\"server\":\"127.0.0.1\",\"channels\":[\"#a\"]", "server"),
        invalid("irc", "\"server\":\"a b\",\"channels\":[\"#a\"]", "server"));
  }

  private static String irc(String more) {
    return "\"server\":\"93.184.215.14\"," + more;
  }

  private static Stream<BadInput> filters() {
    return Stream.of(
        filter("\"events\":[\"job:finished\"]", "filter.events[0]"),
        filter("\"events\":[\"build:exploded\"]", "filter.events[0]"),
        filter("\"events\":[null]", "filter.events[0]"),
        filter("\"events\":[\"build:finished\",null]", "filter.events[1]"),
        filter("\"branch\":\"\"", "filter.branch"),
        filter("\"owner\":\"a\\u0007\"", "filter.owner"),
        filter("\"repository\":\"" + "x".repeat(256) + "\"", "filter.repository"));
  }

  private static Stream<BadInput> paths() {
    var path = "/v1/subscriptions/" + NOBODY;
    return Stream.of(
        bad("read nobody", Client.READER, "GET", path, "", 404, "not-found"),
        bad("change nobody", Client.OPERATOR, "PATCH", path, "{}", 404, "not-found"),
        bad("delete nobody", Client.OPERATOR, "DELETE", path, "", 404, "not-found"),
        bad("enable nobody", Client.OPERATOR, "POST", path + "/enable", "", 404, "not-found"),
        bad(
            "deliveries of nobody",
            Client.READER,
            "GET",
            path + "/deliveries",
            "",
            404,
            "not-found"),
        bad(
            "redeliver nothing",
            Client.OPERATOR,
            "POST",
            path + "/deliveries/" + NOBODY + "/redeliver",
            "",
            404,
            "not-found"),
        bad(
            "a reader subscribes",
            Client.READER,
            "POST",
            "/v1/subscriptions",
            "{}",
            403,
            "forbidden"),
        bad(
            "a worker subscribes",
            Client.WORKER,
            "POST",
            "/v1/subscriptions",
            "{}",
            403,
            "forbidden"),
        bad("a worker reads", Client.WORKER, "GET", "/v1/subscriptions", "", 403, "forbidden"),
        bad("a reader deletes", Client.READER, "DELETE", path, "", 403, "forbidden"),
        new BadInput(
            "no id", Client.READER, "GET", "/v1/subscriptions/7", "", 400, "malformed", "id"),
        new BadInput(
            "no page",
            Client.READER,
            "GET",
            "/v1/subscriptions?limit=0",
            "",
            422,
            "invalid",
            "limit"),
        new BadInput(
            "no state",
            Client.READER,
            "GET",
            path + "/deliveries?state=lost",
            "",
            422,
            "invalid",
            "state"));
  }

  private static BadInput bad(
      String name, String token, String method, String path, String body, int status, String type) {
    return new BadInput(name, token, method, path, body, status, type, "");
  }

  private static BadInput invalid(String kind, String fields, String field) {
    return target(kind + ": " + fields, kind, fields, 422, "invalid", field);
  }

  private static BadInput filter(String fields, String field) {
    return raw(
        "filter: " + fields,
        "{\"kind\":\"email\",\"target\":{\"recipients\":[\"a@b.io\"]},\"filter\":{" + fields + "}}",
        422,
        "invalid",
        field);
  }

  private static BadInput target(
      String name, String kind, String fields, int status, String problem, String field) {
    var body = "{\"kind\":\"" + kind + "\",\"target\":{" + fields + "}}";
    return raw(name, body, status, problem, "target." + field);
  }

  private static BadInput raw(String name, String body, int status, String problem, String field) {
    return new BadInput(
        "subscription with " + name,
        Client.OPERATOR,
        "POST",
        "/v1/subscriptions",
        body,
        status,
        problem,
        field);
  }
}
