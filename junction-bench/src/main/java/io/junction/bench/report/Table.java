package io.junction.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The results as people read them; as Markdown, so that it can be pasted into the docs. */
public final class Table {

  private static final List<String> HEAD =
      List.of(
          "scenario",
          "figure",
          "against",
          "p50 / p95 / p99 ms",
          "statements, commits / job",
          "WAL B / job",
          "dead tuples",
          "CPU s");

  private Table() {}

  /** One line each, then their notes. */
  public static List<String> lines(List<Result> results) {
    var rows = new ArrayList<List<String>>();
    rows.add(HEAD);
    results.forEach(result -> rows.add(row(result)));
    var widths =
        IntStream.range(0, HEAD.size())
            .map(i -> rows.stream().mapToInt(row -> row.get(i).length()).max().orElse(0))
            .toArray();
    var lines = new ArrayList<String>();
    lines.add(line(HEAD, widths));
    lines.add(line(HEAD.stream().map(name -> "---").toList(), widths));
    rows.stream().skip(1).forEach(row -> lines.add(line(row, widths)));
    results.stream()
        .filter(result -> !result.notes().isEmpty())
        .forEach(result -> lines.add(result.name() + ": " + String.join("; ", result.notes())));
    return lines;
  }

  private static String line(List<String> row, int[] widths) {
    return IntStream.range(0, row.size())
        .mapToObj(i -> row.get(i) + " ".repeat(widths[i] - row.get(i).length()))
        .collect(Collectors.joining(" | ", "| ", " |"));
  }

  private static List<String> row(Result result) {
    var spread = result.spread();
    var cost = result.cost();
    return List.of(
        result.name(),
        number(result.figure()) + " " + result.unit(),
        result.against().stream().map(Table::against).collect(Collectors.joining(", ")),
        spread == null
            ? ""
            : number(spread.p50()) + " / " + number(spread.p95()) + " / " + number(spread.p99()),
        cost == null ? "" : number(cost.statementsPerJob()) + ", " + number(cost.commitsPerJob()),
        cost == null ? "" : number(cost.walBytesPerJob()),
        cost == null ? "" : number((double) cost.counters().deadTuples()),
        cost == null
            ? ""
            : new TreeMap<>(cost.counters().cpuSeconds())
                .entrySet().stream()
                    .map(cpu -> cpu.getKey() + " " + number(cpu.getValue()))
                    .collect(Collectors.joining(", ")));
  }

  private static String against(Result.Against against) {
    return "%s %s: %s"
        .formatted(
            against.ceiling(),
            number(against.value()),
            String.format(Locale.ROOT, "%.2f×", against.ratio()));
  }

  /** Three digits that matter. */
  static String number(double value) {
    double size = Math.abs(value);
    if (size >= 100) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    return String.format(Locale.ROOT, size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f", value);
  }
}
