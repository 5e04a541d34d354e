package io.junction.common.rule;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a job's config has in a field that rules ask for. */
public sealed interface FieldValue {

  /** A number with more is not written out. */
  int MOST_DIGITS = 400;

  /** One text, or several of which any may match; numbers and booleans as they are written. */
  record Texts(List<String> texts) implements FieldValue {

    public Texts {
      texts = List.copyOf(texts);
    }
  }

  /**
   * What no rule can be held against.
   *
   * @param what in plain words, as in {@code an object}
   */
  record Unusable(String what) implements FieldValue {}

  /** Empty when there is nothing in it. */
  static Optional<FieldValue> of(@Nullable Object json) {
    if (json == null) {
      return Optional.empty();
    }
    if (!(json instanceof List<?> list)) {
      var text = textOf(json);
      return Optional.of(text == null ? new Unusable("an object") : new Texts(List.of(text)));
    }
    var texts = new ArrayList<String>();
    for (var element : list) {
      var text = textOf(element);
      if (text == null) {
        return Optional.of(new Unusable("a list of more than texts"));
      }
      texts.add(text);
    }
    return Optional.of(new Texts(texts));
  }

  /** Null of what is neither text nor a boolean nor a number that can be written out. */
  static @Nullable String textOf(@Nullable Object json) {
    return switch (json) {
      case String text -> text;
      case Boolean flag -> flag.toString();
      case BigDecimal number when Math.abs((long) number.scale()) < MOST_DIGITS ->
          number.stripTrailingZeros().toPlainString();
      case BigDecimal huge -> null;
      case Number number -> number.toString();
      case null, default -> null;
    };
  }
}
