package io.junction.standalone.console;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** How much fits on the terminal; 80 columns and 24 lines where nobody knows. */
public record TerminalSize(int columns, int lines) {

  private static final TerminalSize UNKNOWN = new TerminalSize(80, 24);
  private static final Pattern STTY = Pattern.compile("(\\d{1,5}) (\\d{1,5})");

  /** As it is now: a window may be resized at any time. Asks stty(1), for Java does not know. */
  public static TerminalSize now() {
    try {
      var stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!stty.waitFor(1, TimeUnit.SECONDS)) {
        stty.destroyForcibly();
        return UNKNOWN;
      }
      return of(new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
    } catch (IOException e) {
      return UNKNOWN;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return UNKNOWN;
    }
  }

  /** What {@code stty size} says: lines, then columns; zeros on a terminal that was never told. */
  static TerminalSize of(String answer) {
    var size = STTY.matcher(answer.strip());
    if (!size.matches()) {
      return UNKNOWN;
    }
    int lines = Integer.parseInt(size.group(1));
    int columns = Integer.parseInt(size.group(2));
    return lines == 0 || columns == 0 ? UNKNOWN : new TerminalSize(columns, lines);
  }
}
