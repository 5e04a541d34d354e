package io.junction.worker.executor;

import java.nio.charset.StandardCharsets;

/**
 * Text that may travel: no NUL (the database has none), no half of a surrogate pair (UTF-8 has
 * none), and a known length once it is written as JSON.
 */
public final class Text {
  /** The protocol's limit is 1,000 characters. */
  private static final int LONGEST_REASON = 1_000;

  private static final char REPLACEMENT = '\uFFFD';

  private Text() {}

  /** Bytes that are UTF-8, more or less. */
  public static String decode(byte[] bytes) {
    return clean(new String(bytes, StandardCharsets.UTF_8));
  }

  /** The text with a replacement character for whatever cannot travel. */
  public static String clean(String text) {
    var clean = new StringBuilder(text.length());
    text.codePoints().forEach(point -> clean.appendCodePoint(isFit(point) ? point : REPLACEMENT));
    return clean.toString();
  }

  /** The text within the limit for a reason. */
  public static String reason(String text) {
    String clean = clean(text.strip());
    if (clean.length() <= LONGEST_REASON) {
      return clean;
    }
    return clean(clean.substring(0, LONGEST_REASON - 1)) + "…"; // a pair that was cut is replaced
  }

  /**
   * The longest end of the text that takes at most so many bytes as JSON in UTF-8, whoever writes
   * it.
   */
  public static String lastThatFits(String text, int bytes) {
    int start = text.length();
    for (int room = bytes; start > 0; ) {
      int point = text.codePointBefore(start);
      room -= cost(point);
      if (room < 0) {
        break;
      }
      start -= Character.charCount(point);
    }
    return text.substring(start);
  }

  /** The same for the beginning. */
  public static String firstThatFits(String text, int bytes) {
    int end = 0;
    for (int room = bytes; end < text.length(); ) {
      int point = text.codePointAt(end);
      room -= cost(point);
      if (room < 0) {
        break;
      }
      end += Character.charCount(point);
    }
    return text.substring(0, end);
  }

  private static int cost(int point) {
    if (point < ' ' || point == 0x7F) {
      return 6; // \u001b
    }
    if (point == '"' || point == '\\' || point == '/') {
      return 2;
    }
    return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }

  private static boolean isFit(int point) {
    return point != 0 && !(point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
  }
}
