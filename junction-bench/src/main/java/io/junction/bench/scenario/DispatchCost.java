package io.junction.bench.scenario;

import io.junction.bench.report.Result;
import io.junction.bench.stage.Scenario;
import io.junction.bench.stage.Stage;
import io.junction.bench.workload.Placing;

/** Scenario dispatch-cost: what the dispatcher asks of the database for each job that it places. */
final class DispatchCost implements Scenario {

  private static final int[] SIZES = {1, 10, 100, 1_000};

  @Override
  public String name() {
    return "dispatch-cost";
  }

  @Override
  public String summary() {
    return "statements and commits of the dispatcher per placed job, at 1 to 1,000 jobs a round";
  }

  @Override
  public void run(Stage stage) throws Exception {
    stage.withoutApi();
    stage.house().dispatcher();
    for (int size : SIZES) {
      int rounds = stage.size().of(Math.clamp(2_000 / size, 5, 200), 2);
      stage.backdrop().clear();
      stage.backdrop().queue(1, 1);
      stage.backdrop().staff(20, 10_000, 1);
      var placing = new Placing(stage);
      placing.place(1, () -> stage.backdrop().open());
      long statements = 0;
      long commits = 0;
      for (int i = 0; i < rounds; i++) {
        var counters = placing.place(size, () -> stage.backdrop().add(size)).counters();
        statements += counters.statements();
        commits += counters.commits();
      }
      double jobs = rounds * (double) size;
      stage.add(
          Result.of("dispatch-cost, " + size + " a round", commits / jobs, "commits/job")
              .noting("%.3f statements/job".formatted(statements / jobs))
              .noting("%d rounds; the insert and its commit are counted too".formatted(rounds)));
    }
  }
}
