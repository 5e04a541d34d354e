package io.junction.bench.report;

import java.io.PrintStream;
import java.util.Locale;

/** What the user sees while it runs: a line for each step, with the seconds since the start. */
public final class Progress {

  private final PrintStream out;
  private final long started = System.nanoTime();

  public Progress(PrintStream out) {
    this.out = out;
  }

  public void say(String step) {
    double seconds = (System.nanoTime() - started) / 1e9;
    out.printf(Locale.ROOT, "%7.1f s  %s%n", seconds, step);
    out.flush();
  }

  /** A result as soon as it is there. */
  public void show(Result result) {
    say(
        "  %s: %s %s%s"
            .formatted(
                result.name(), Table.number(result.figure()), result.unit(), comparisons(result)));
  }

  private static String comparisons(Result result) {
    var text = new StringBuilder();
    for (var against : result.against()) {
      text.append(String.format(Locale.ROOT, ", %.2f × %s", against.ratio(), against.ceiling()));
    }
    var spread = result.spread();
    if (spread != null) {
      text.append(
          ", p50 %s ms, p99 %s ms"
              .formatted(Table.number(spread.p50()), Table.number(spread.p99())));
    }
    return text.toString();
  }
}
