package io.junction.bench.scenario;

import io.junction.bench.load.Crowd;
import io.junction.bench.load.Latencies;
import io.junction.bench.report.Result;
import io.junction.bench.stage.Scenario;
import io.junction.bench.stage.Stage;
import io.junction.bench.workload.Trickle;
import io.junction.bench.workload.Workforce;
import java.time.Duration;

/** Scenario retention: what the removal of a million old jobs does to those that run. */
final class Retention implements Scenario {

  private static final int PER_SECOND = 200;
  private static final int FORTY_DAYS = 40 * 86_400;

  @Override
  public String name() {
    return "retention";
  }

  @Override
  public String summary() {
    return "the latency scenario while 1,000,000 jobs past their retention are removed";
  }

  @Override
  public void run(Stage stage) throws Exception {
    int old = stage.size().of(1_000_000, 2_000);
    var time = Duration.ofSeconds(stage.size().of(40, 1));
    stage.backdrop().clear();
    stage.house().dispatcher();
    var alone = measure(stage, time);
    stage.withoutDispatcher();
    stage.say("retention: %,d old jobs".formatted(old));
    stage.backdrop().clear();
    stage.backdrop().finish(old, FORTY_DAYS);
    stage.house().dispatcher(); // it begins to remove them at once
    var beside = measure(stage, time);
    long left = stage.backdrop().count("passed");
    stage.add(
        Result.of("retention", beside.millisAt(99), "ms (p99)")
            .against("without", alone.millisAt(99))
            .with(beside)
            .noting("%,d of the old jobs and those that ran were left at the end".formatted(left)));
  }

  private static Latencies measure(Stage stage, Duration time) throws Exception {
    try (var workforce = Workforce.hire(stage.house().api(), 50, 4);
        var crowd = new Crowd()) {
      return new Trickle(stage.house().database(), workforce.workers(), PER_SECOND)
          .run(crowd, time);
    }
  }
}
