package io.junction.bench.scenario;

import io.junction.bench.load.Crowd;
import io.junction.bench.report.Result;
import io.junction.bench.stage.Scenario;
import io.junction.bench.stage.Stage;
import io.junction.bench.workload.Lives;
import io.junction.bench.workload.Trickle;
import io.junction.bench.workload.Workforce;
import java.time.Duration;

/** Scenario latency: 200 jobs a second, from a commit in SQL to a worker that waits. */
final class Latency implements Scenario {

  private static final int PER_SECOND = 200;
  private static final int WORKERS = 50;

  @Override
  public String name() {
    return "latency";
  }

  @Override
  public String summary() {
    return "200 jobs/s by plain SQL, from the commit to the hands of one of 50 parked workers";
  }

  @Override
  public void run(Stage stage) throws Exception {
    var time = Duration.ofSeconds(stage.size().of(40, 1));
    Lives.warm(stage);
    stage.backdrop().clear();
    try (var workforce = Workforce.hire(stage.house().api(), WORKERS, 4);
        var crowd = new Crowd()) {
      var trickle = new Trickle(stage.house().database(), workforce.workers(), PER_SECOND);
      trickle.park(crowd);
      trickle.warm(crowd, time);
      var before = stage.meter().read();
      var latencies = trickle.measure(crowd, time);
      var counters = stage.meter().read().since(before);
      stage.add(
          Result.of("latency", latencies.millisAt(50), "ms")
              .with(latencies)
              .costing(PER_SECOND * time.toSeconds(), counters));
    }
  }
}
