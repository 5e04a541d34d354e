package io.junction.standalone.display;

import java.util.Map;
import java.util.regex.Pattern;

/** Colours for a terminal; a line is as wide with them as without. */
public final class Paint {

  private static final String RESET = "\u001b[0m";
  private static final Map<String, String> COLOURS =
      Map.of(
          "started", "\u001b[36m",
          "passed", "\u001b[32m",
          "failed", "\u001b[33m",
          "errored", "\u001b[35m",
          "ok", "\u001b[32m",
          "FAILED", "\u001b[31m");

  /**
   * A state in its column, after the queue and the name; nowhere else, though jobs say "failed".
   */
  private static final Pattern STATE =
      Pattern.compile("^( *\\d+  .{27} )(started|passed|failed|errored)\\b");

  private Paint() {}

  static String states(String line) {
    var state = STATE.matcher(line);
    return state.find()
        ? state.group(1) + word(state.group(2)) + line.substring(state.end())
        : line;
  }

  /** A word in the colour that it has. */
  public static String word(String word) {
    return COLOURS.getOrDefault(word, "") + word + RESET;
  }
}
