package io.junction.testing;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a database is, and as whom to enter it; read from a {@code jdbc:postgresql://} or a {@code
 * postgresql://user:password@host:port/database} URL.
 *
 * @param jdbcUrl without user and password
 */
record DatabaseUrl(String jdbcUrl, String username, String password) {

  private static final Pattern FORM =
      Pattern.compile(
          "(?:jdbc:)?postgres(?:ql)?://"
              + "(?:(?<user>[^:@/]*)(?::(?<password>[^@/]*))?@)?"
              + "(?<hosts>[^@/?]+)(?:/(?<database>[^?]*))?(?:\\?(?<options>.*))?");

  static DatabaseUrl parse(String url) {
    var found = FORM.matcher(url.strip());
    if (!found.matches()) {
      throw new IllegalArgumentException(
          "not a Postgres URL; write jdbc:postgresql://host:5432/database?user=…&password=…"
              + " or postgresql://user:password@host:5432/database");
    }
    List<String> options = options(found.group("options"));
    String rest =
        options.stream()
            .filter(option -> !option.matches("(user|password)=.*"))
            .collect(Collectors.joining("&", "?", ""));
    return new DatabaseUrl(
        "jdbc:postgresql://%s/%s%s"
            .formatted(
                found.group("hosts"),
                firstOf(found.group("database"), "postgres"),
                rest.equals("?") ? "" : rest),
        decoded(firstOf(found.group("user"), option(options, "user", "postgres"))),
        decoded(firstOf(found.group("password"), option(options, "password", ""))));
  }

  /** The same server, user and options, another database. */
  DatabaseUrl withDatabase(String database) {
    return new DatabaseUrl(
        jdbcUrl.replaceFirst(
            "^(jdbc:postgresql://[^/]+/)[^?]*",
            "$1" + URLEncoder.encode(database, StandardCharsets.UTF_8)),
        username,
        password);
  }

  private static List<String> options(@Nullable String query) {
    return query == null || query.isEmpty() ? List.of() : Arrays.asList(query.split("&", -1));
  }

  private static String option(List<String> options, String name, String otherwise) {
    return options.stream()
        .filter(option -> option.startsWith(name + "="))
        .map(option -> option.substring(name.length() + 1))
        .findFirst()
        .orElse(otherwise);
  }

  private static String firstOf(@Nullable String value, String otherwise) {
    return value == null || value.isEmpty() ? otherwise : value;
  }

  private static String decoded(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
