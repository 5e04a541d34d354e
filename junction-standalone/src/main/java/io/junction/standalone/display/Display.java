package io.junction.standalone.display;

import io.junction.standalone.console.Console;
import java.util.List;
import java.util.Map;

/** Shows how the jobs get on. */
public sealed interface Display extends AutoCloseable permits LiveDisplay, PlainDisplay {

  /**
   * A table that is redrawn in place on a terminal, lines elsewhere.
   *
   * @param capacities of the queues that have one
   */
  static Display on(Console console, Map<String, Integer> capacities) {
    return console.terminal()
        ? new LiveDisplay(console, new Table(capacities, console.colored()))
        : new PlainDisplay(console);
  }

  /** As they stand now. */
  void show(List<JobRow> rows);

  /** Something that happened, as a line of its own. */
  void say(String line);

  /** Leaves what was last shown, and the cursor below it. */
  @Override
  void close();
}
