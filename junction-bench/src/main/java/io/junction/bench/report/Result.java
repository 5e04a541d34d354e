package io.junction.bench.report;

import io.junction.bench.load.Latencies;
import io.junction.bench.measure.Counters;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one measurement came to.
 *
 * @param name the scenario and, where it has several, which of its cases
 * @param unit of the figure: jobs/s, ms, MiB …
 * @param against what it is held against
 * @param spread of the times, when times were taken
 * @param cost per job, when the house was counted
 * @param notes further figures, each as a short phrase
 */
public record Result(
    String name,
    double figure,
    String unit,
    List<Against> against,
    @Nullable Spread spread,
    @Nullable Cost cost,
    List<String> notes) {

  public Result {
    against = List.copyOf(against);
    notes = List.copyOf(notes);
  }

  /** A figure alone. */
  public static Result of(String name, double figure, String unit) {
    return new Result(name, figure, unit, List.of(), null, null, List.of());
  }

  /** Held against that as well. */
  public Result against(String ceiling, double value) {
    var more = new ArrayList<>(against);
    more.add(new Against(ceiling, value, figure / value));
    return new Result(name, figure, unit, more, spread, cost, notes);
  }

  public Result with(Latencies latencies) {
    return new Result(name, figure, unit, against, Spread.of(latencies), cost, notes);
  }

  /** What so many jobs cost. */
  public Result costing(long jobs, Counters counters) {
    return new Result(name, figure, unit, against, spread, new Cost(jobs, counters), notes);
  }

  public Result noting(String note) {
    var more = new ArrayList<>(notes);
    more.add(note);
    return new Result(name, figure, unit, against, spread, cost, more);
  }

  /**
   * A ceiling, or another case of the same scenario.
   *
   * @param ratio the figure by the value
   */
  public record Against(String ceiling, double value, double ratio) {}

  /** Milliseconds. */
  public record Spread(double p50, double p95, double p99, double max, long count) {
    static Spread of(Latencies latencies) {
      return new Spread(
          latencies.millisAt(50),
          latencies.millisAt(95),
          latencies.millisAt(99),
          latencies.max().toNanos() / 1e6,
          latencies.count());
    }
  }

  /** Everything that was counted, and the jobs that it was counted for. */
  public record Cost(long jobs, Counters counters) {

    double statementsPerJob() {
      return (double) counters.statements() / jobs;
    }

    double commitsPerJob() {
      return (double) counters.commits() / jobs;
    }

    double walBytesPerJob() {
      return (double) counters.walBytes() / jobs;
    }
  }
}
