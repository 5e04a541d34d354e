package io.junction.standalone.display;

import io.junction.standalone.console.Console;
import io.junction.standalone.console.TerminalSize;
import java.util.List;

/**
 * The table at the foot of the terminal, written over each time; what happened scrolls up above it.
 * The size is asked for each time, since a window may change it.
 */
final class LiveDisplay implements Display {

  private static final String CLEAR_LINE = "\u001b[K";
  private static final String CLEAR_BELOW = "\u001b[J";
  private static final String HIDE_CURSOR = "\u001b[?25l";
  private static final String SHOW_CURSOR = "\u001b[?25h";

  private final Console console;
  private final Table table;
  private final long since = System.nanoTime();
  private List<JobRow> last = List.of();
  private List<String> drawn = List.of();

  LiveDisplay(Console console, Table table) {
    this.console = console;
    this.table = table;
    write(HIDE_CURSOR);
  }

  @Override
  public void show(List<JobRow> rows) {
    last = rows;
    draw(TerminalSize.now());
  }

  private void draw(TerminalSize size) {
    var lines = table.lines(last, size);
    var frame = new StringBuilder(toTop());
    lines.forEach(line -> frame.append(line).append(CLEAR_LINE).append('\n'));
    write(frame.append(CLEAR_BELOW).toString());
    drawn = lines;
  }

  @Override
  public void say(String line) {
    var frame = new StringBuilder(toTop()).append(CLEAR_BELOW);
    frame.append(Seconds.since(since)).append("  ").append(line).append('\n');
    drawn.forEach(old -> frame.append(old).append('\n'));
    write(frame.toString());
  }

  private String toTop() {
    return drawn.isEmpty() ? "" : "\u001b[" + drawn.size() + "A\r";
  }

  private void write(String text) {
    console.out().print(text);
    console.out().flush();
  }

  /** At the end all of it is shown: it will not be written over, so it may scroll. */
  @Override
  public void close() {
    draw(new TerminalSize(TerminalSize.now().columns(), Integer.MAX_VALUE));
    write(SHOW_CURSOR);
  }
}
