package io.junction.bench.scenario;

import io.junction.bench.load.Crowd;
import io.junction.bench.report.Result;
import io.junction.bench.stage.Scenario;
import io.junction.bench.stage.Stage;
import io.junction.bench.workload.Lives;
import io.junction.bench.workload.Trickle;
import io.junction.bench.workload.Workforce;
import java.time.Duration;

/** Scenario parked: 10,000 idle workers in long polls on one API, then jobs for some of them. */
final class Parked implements Scenario {

  private static final int PER_SECOND = 200;

  /** As docs/operating.md advises for so many. */
  private static final String SETTINGS =
      "-XX:+UseG1GC -Xmx640m -Djunction.api.worker.max-idle-wait=4m";

  @Override
  public String name() {
    return "parked";
  }

  @Override
  public String summary() {
    return "10,000 idle workers in long polls on one API: memory, CPU, and jobs to them";
  }

  @Override
  public void run(Stage stage) throws Exception {
    int count = stage.size().of(10_000, 100);
    var time = Duration.ofSeconds(stage.size().of(60, 1));
    stage.backdrop().clear();
    stage.withoutApi();
    stage.house().dispatcher();
    stage.house().apiOf(SETTINGS);
    Lives.warm(stage);
    stage.say("parked: %,d workers register".formatted(count));
    try (var workforce = Workforce.hire(stage.house().api(), count, 1)) {
      try (var crowd = new Crowd()) {
        var trickle = new Trickle(stage.house().database(), workforce.workers(), PER_SECOND);
        trickle.park(crowd);
        crowd.await(Duration.ofSeconds(stage.size().of(45, 1))); // they come and settle
        var before = stage.meter().read();
        crowd.await(time);
        var counters = stage.meter().read().since(before);
        double memory = stage.meter().residentMib("api");
        stage.add(
            Result.of("parked, memory of the API", memory, "MiB")
                .noting("%,d polls are held".formatted(count)));
        double cores = counters.cpuSeconds().getOrDefault("api", 0.0) / time.toSeconds();
        stage.add(
            Result.of("parked, CPU of the API", 100 * cores, "% of a core")
                .noting("%d statements of all processes".formatted(counters.statements())));
        trickle.warm(crowd, Duration.ofSeconds(stage.size().of(20, 1)));
        var latencies = trickle.measure(crowd, Duration.ofSeconds(stage.size().of(20, 1)));
        stage.add(
            Result.of("parked, a job to its worker", latencies.millisAt(50), "ms").with(latencies));
      }
    }
  }
}
