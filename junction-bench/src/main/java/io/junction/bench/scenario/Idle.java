package io.junction.bench.scenario;

import io.junction.bench.load.Crowd;
import io.junction.bench.report.Result;
import io.junction.bench.stage.Scenario;
import io.junction.bench.stage.Stage;
import io.junction.bench.workload.Lives;
import io.junction.bench.workload.Workforce;
import java.time.Duration;
import java.util.TreeMap;

/** Scenario idle: everything is up and there is nothing to do. */
final class Idle implements Scenario {

  @Override
  public String name() {
    return "idle";
  }

  @Override
  public String summary() {
    return "1,000 parked workers and nothing to do: statements and CPU of a minute";
  }

  @Override
  public void run(Stage stage) throws Exception {
    int count = stage.size().of(1_000, 20);
    var time = Duration.ofSeconds(stage.size().of(60, 1));
    Lives.warm(stage);
    stage.backdrop().clear();
    try (var workforce = Workforce.hire(stage.house().api(), count, 1);
        var crowd = new Crowd()) {
      workforce.park(crowd);
      crowd.await(Duration.ofSeconds(stage.size().of(40, 1))); // until all is quiet
      var before = stage.meter().read();
      crowd.await(time);
      var counters = stage.meter().read().since(before);
      var result = Result.of("idle", (double) counters.statements(), "statements a minute");
      for (var cpu : new TreeMap<>(counters.cpuSeconds()).entrySet()) {
        result =
            result.noting(
                "%s %.2f %% of a core"
                    .formatted(cpu.getKey(), 100 * cpu.getValue() / time.toSeconds()));
      }
      stage.add(result);
    }
  }
}
