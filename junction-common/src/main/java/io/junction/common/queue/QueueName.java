package io.junction.common.queue;

import java.util.regex.Pattern;

/**
 * The name of a queue: 1 to 127 characters of {@code [A-Za-z0-9._-]}, so that names like {@code
 * builds.linux} pass and every name can stand in a path, a metric and a log line as it is.
 *
 * <p>Failure: any other text is an {@link IllegalArgumentException} that says the rule.
 */
public record QueueName(String value) {

  /** The rule, as the API documents it and the database checks it. */
  public static final String PATTERN = "[A-Za-z0-9._-]{1,127}";

  private static final Pattern VALID = Pattern.compile(PATTERN);

  public QueueName {
    if (!VALID.matcher(value).matches()) {
      throw new IllegalArgumentException("a queue's name is " + PATTERN);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
