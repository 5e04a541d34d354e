package io.junction.worker.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An RFC 9457 problem as Junction writes it, or as much of it as an answer has. */
public record Problem(
    @Nullable String type,
    @Nullable String title,
    @Nullable String detail,
    @Nullable Long lastSeq,
    @Nullable List<Field> errors) {

  static final Problem NONE = new Problem(null, null, null, null, null);

  /** One refused field. */
  public record Field(@Nullable String field, @Nullable String message) {}

  /**
   * Whether Junction itself said this word of docs/protocol.md, section 2, and not something on the
   * way to it.
   */
  public boolean is(String word) {
    return ("urn:junction:problem:" + word).equals(type);
  }

  /** The refused fields; none when the answer names none. */
  public List<Field> fields() {
    return errors == null ? List.of() : errors;
  }

  /** The problem in one line. */
  public String sentence() {
    var words = new StringBuilder();
    if (title != null) {
      words.append(title);
    }
    if (detail != null) {
      words.append(words.isEmpty() ? "" : ": ").append(detail);
    }
    for (Field field : fields()) {
      words
          .append(words.isEmpty() ? "" : "; ")
          .append(field.field())
          .append(' ')
          .append(field.message());
    }
    return words.isEmpty() ? "no reason was given" : words.toString();
  }
}
