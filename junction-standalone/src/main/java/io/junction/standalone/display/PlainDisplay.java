package io.junction.standalone.display;

import io.junction.standalone.console.Console;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One line for each change of a job, for pipes, files and very plain terminals. */
final class PlainDisplay implements Display {

  private final Console console;
  private final Map<Long, JobRow> shown = new HashMap<>();
  private final long since = System.nanoTime();

  PlainDisplay(Console console) {
    this.console = console;
  }

  @Override
  public void show(List<JobRow> rows) {
    for (var row : rows) {
      if (row.differsFrom(shown.put(row.id(), row))) {
        say(line(row));
      }
    }
  }

  static String line(JobRow row) {
    var line = new StringBuilder();
    line.append("job ").append(row.id()).append(" (").append(row.queue()).append(", ");
    line.append(row.name()).append(") ").append(row.state());
    if (row.attempt() > 1) {
      line.append(", attempt ").append(row.attempt());
    }
    if (!row.worker().isEmpty()) {
      line.append(", on ").append(row.worker());
    }
    if (row.isFinal() && row.took() != null) {
      line.append(", ").append(Seconds.of(row.took()));
    }
    if (!row.said().isEmpty()) {
      line.append(": ").append(row.said());
    }
    return line.toString();
  }

  @Override
  public void say(String line) {
    console.say(String.format("%7s  %s", Seconds.since(since), line));
  }

  @Override
  public void close() {
    console.out().flush();
  }
}
