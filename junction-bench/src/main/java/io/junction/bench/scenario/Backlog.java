package io.junction.bench.scenario;

import io.junction.bench.report.Result;
import io.junction.bench.stage.Scenario;
import io.junction.bench.stage.Stage;
import io.junction.bench.workload.Placing;

/** Scenario backlog: what a million waiting jobs change for those that are placed. */
final class Backlog implements Scenario {

  @Override
  public String name() {
    return "backlog";
  }

  @Override
  public String summary() {
    return "placements/s with 1,000,000 jobs queued, in 1 queue and in 1,000, against 10,000";
  }

  @Override
  public void run(Stage stage) throws Exception {
    measure(stage, "1 queue", 1, 20);
    measure(stage, "1,000 queues", stage.size().of(1_000, 50), stage.size().of(1_000, 50));
  }

  private static void measure(Stage stage, String name, int queues, int workers) throws Exception {
    int few = stage.size().of(10_000, 500);
    int many = stage.size().of(1_000_000, 2_000);
    int slots = few / workers;
    var placing = new Placing(stage);
    for (int i = 0; i < stage.size().of(5, 1); i++) {
      placing.run(few, queues, workers, slots); // warm
    }
    double small = 0;
    double large = 0;
    for (int i = 0; i < stage.size().of(3, 1); i++) {
      small = Math.max(small, placing.run(few, queues, workers, slots).perSecond());
      stage.say("backlog: %,d jobs, %s".formatted(many, name));
      var placed = placing.run(many, queues, workers, slots);
      large = Math.max(large, placed.perSecond());
    }
    stage.add(
        Result.of("backlog, " + name, large, "placements/s")
            .against("with %,d queued".formatted(few), small)
            .noting("the best of three each, in turns, of %,d placements".formatted(few)));
  }
}
