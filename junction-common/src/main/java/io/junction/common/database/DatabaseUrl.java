package io.junction.common.database;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a database is, read from {@code jdbc:postgresql://…} or from {@code
 * postgresql://user:password@host:port/database}, as most hosts hand it out.
 *
 * <p>Failure: any other text is a {@link RefusedStart} that never repeats it, since it may hold a
 * password.
 *
 * @param jdbc without the user and password of the second form
 */
record DatabaseUrl(String jdbc, @Nullable String username, @Nullable String password) {

  static final String FORMS =
      "jdbc:postgresql://host:5432/database (with JUNCTION_DATABASE_USERNAME and _PASSWORD)"
          + " or postgresql://user:password@host:5432/database";

  private static final Pattern URI =
      Pattern.compile(
          "postgres(?:ql)?://(?:(?<user>[^:@/?]*)(?::(?<password>[^@/?]*))?@)?"
              + "(?<hosts>[^@/?#]*)(?<rest>/[^#]*)?");

  static DatabaseUrl parse(String text) {
    var url = text.strip();
    if (url.matches("jdbc:postgresql:.+")) {
      return new DatabaseUrl(url, null, null);
    }
    var uri = URI.matcher(url);
    if (!uri.matches()) {
      throw new RefusedStart("JUNCTION_DATABASE_URL is no URL of a Postgres.", "Write " + FORMS);
    }
    var rest = uri.group("rest");
    return new DatabaseUrl(
        "jdbc:postgresql://" + uri.group("hosts") + (rest == null ? "/" : rest),
        decoded(uri, "user"),
        decoded(uri, "password"));
  }

  /** Without the options, among which a password may stand. */
  static String shown(String jdbc) {
    return jdbc.replaceFirst("\\?.*", "").replaceFirst("^jdbc:", "").replaceFirst("//.*@", "//");
  }

  private static @Nullable String decoded(Matcher uri, String part) {
    var text = uri.group(part);
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new RefusedStart(
          "JUNCTION_DATABASE_URL has a '%' in its " + part + " that encodes nothing.",
          "Write a '%' as %25.",
          e);
    }
  }
}
