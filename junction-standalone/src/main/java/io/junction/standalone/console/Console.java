package io.junction.standalone.console;

import java.io.PrintStream;

/**
 * Where the user reads.
 *
 * @param terminal whether lines that were written can be written over
 * @param colored whether colours are welcome: a terminal, and no {@code NO_COLOR}
 */
public record Console(PrintStream out, PrintStream err, boolean terminal, boolean colored) {

  /** Of this process. A terminal is one on both ends, and one that knows how to move its cursor. */
  @SuppressWarnings("SystemConsoleNull") // it is null without a terminal, in JDK 25 again
  public static Console ofProcess() {
    var console = System.console();
    var kind = System.getenv().getOrDefault("TERM", "dumb");
    boolean terminal = console != null && console.isTerminal() && !kind.equals("dumb");
    boolean colored = terminal && System.getenv().getOrDefault("NO_COLOR", "").isEmpty();
    return new Console(System.out, System.err, terminal, colored);
  }

  /** One line. */
  public void say(String line) {
    out.println(line);
    out.flush();
  }

  /** One line about what went wrong. */
  public void complain(String line) {
    err.println(line);
    err.flush();
  }
}
