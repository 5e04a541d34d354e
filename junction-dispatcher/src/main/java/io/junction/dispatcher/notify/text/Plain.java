package io.junction.dispatcher.notify.text;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Makes text harmless and short. */
public final class Plain {

  /** Control characters, breaks of lines and paragraphs, and what turns the direction of text. */
  private static final Pattern BREAKS =
      Pattern.compile("[\\p{Cc}\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]+");

  private static final Pattern BREAKS_BUT_LINES =
      Pattern.compile("[\\p{Cc}\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069&&[^\\n\\t]]+");

  private Plain() {}

  /** On one line, without anything that a protocol could take for its own. */
  public static String oneLine(String text) {
    return BREAKS.matcher(text).replaceAll(" ").strip();
  }

  /** The same, but for the ends of its lines. */
  public static String lines(String text) {
    return BREAKS_BUT_LINES.matcher(text.replace("\r\n", "\n")).replaceAll(" ").strip();
  }

  /** The first line of a text. */
  public static String firstLine(String text) {
    return text.strip().lines().findFirst().map(Plain::oneLine).orElse("");
  }

  /** At most so many characters; the last one tells that there were more. */
  public static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 2)) ? most - 2 : most - 1;
    return text.substring(0, end) + "…";
  }

  /** At most so many bytes of UTF-8, whole characters only. */
  public static String cutBytes(String text, int most) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= most) {
      return text;
    }
    int end = most;
    while (end > 0 && (bytes[end] & 0xc0) == 0x80) {
      end--;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }
}
