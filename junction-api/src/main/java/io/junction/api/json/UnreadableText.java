package io.junction.api.json;

import org.jspecify.annotations.Nullable;

/** What Postgres cannot keep in a text: found before it is asked to. */
public final class UnreadableText {

  private UnreadableText() {}

  /** What is wrong with it, in words that follow a field's name; null when it is fine. */
  public static @Nullable String flawOf(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return "contains a NUL character";
      }
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          return "contains half a surrogate pair";
        }
        i++;
      }
    }
    return null;
  }
}
