package io.junction.standalone.display;

import io.junction.standalone.console.TerminalSize;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Draws the jobs: the counts of each queue, then a line for each job, as many as fit. Pure.
 *
 * @param capacities of the queues that have one
 * @param colored whether states are set off by colour
 */
record Table(Map<String, Integer> capacities, boolean colored) {

  private static final List<String> STATES =
      List.of(
          "queued", "started", "passed", "failed", "errored", "received", "created", "canceled");

  private static final Set<String> RARE = Set.of("received", "created", "canceled");
  private static final String JOB = "%5s  %-12s %-14s %-9s %3s  %-10s %7s  %s";

  /** At most one line less than the terminal has, each at most as wide as it is. */
  List<String> lines(List<JobRow> rows, TerminalSize size) {
    var lines = new ArrayList<String>();
    lines.add("");
    countsByQueue(rows).forEach((queue, counts) -> lines.add(summary(queue, counts)));
    lines.add("");
    lines.add(head());
    int room = size.lines() - lines.size() - 2;
    var fitting = mostTelling(rows, room);
    fitting.forEach(row -> lines.add(line(row)));
    int left = rows.size() - fitting.size();
    if (left > 0) {
      lines.add("       ... and " + left + " more; enlarge the window to see them");
    }
    return lines.stream()
        .limit(Math.max(1, size.lines() - 1))
        .map(line -> painted(cut(line, size.columns())))
        .toList();
  }

  private static TreeMap<String, Map<String, Long>> countsByQueue(List<JobRow> rows) {
    return rows.stream()
        .collect(
            Collectors.groupingBy(
                JobRow::queue,
                TreeMap::new,
                Collectors.groupingBy(JobRow::state, Collectors.counting())));
  }

  private String summary(String queue, Map<String, Long> counts) {
    var capacity = capacities.get(queue);
    var name = capacity == null ? queue : queue + " (capacity " + capacity + ")";
    return String.format(Locale.ROOT, "  %-24s", name)
        + STATES.stream()
            .filter(state -> !RARE.contains(state) || counts.containsKey(state))
            .map(
                state ->
                    String.format(Locale.ROOT, "  %2d %s", counts.getOrDefault(state, 0L), state))
            .collect(Collectors.joining());
  }

  private static String head() {
    return String.format(JOB, "job", "queue", "name", "state", "try", "worker", "time", "said");
  }

  private static String line(JobRow row) {
    return String.format(
            JOB,
            row.id(),
            row.queue(),
            row.name(),
            row.state(),
            row.attempt(),
            row.worker(),
            row.took() == null ? "" : Seconds.of(row.took()),
            row.said())
        .stripTrailing();
  }

  /** Where not all fit: what runs, then what waits, then what ended last; in the order of ids. */
  private static List<JobRow> mostTelling(List<JobRow> rows, int room) {
    var running = rows.stream().filter(JobRow::isRunning);
    var waiting = rows.stream().filter(row -> !row.isRunning() && !row.isFinal());
    var ended =
        rows.stream()
            .filter(JobRow::isFinal)
            .sorted(Comparator.comparingLong(JobRow::id).reversed());
    return Stream.of(running, waiting, ended)
        .flatMap(part -> part)
        .limit(Math.max(0, room))
        .sorted(Comparator.comparingLong(JobRow::id))
        .toList();
  }

  private static String cut(String line, int columns) {
    return line.length() <= columns ? line : line.substring(0, columns);
  }

  private String painted(String line) {
    return colored ? Paint.states(line) : line;
  }
}
