package io.junction.bench.scenario;

import io.junction.bench.load.Crowd;
import io.junction.bench.load.Latencies;
import io.junction.bench.report.Result;
import io.junction.bench.stage.Scenario;
import io.junction.bench.stage.Stage;
import io.junction.bench.workload.Hold;
import io.junction.bench.workload.Trickle;
import io.junction.bench.workload.Workforce;
import java.time.Duration;

/** Scenario held-xmin: 800 jobs a second while a session elsewhere holds a transaction open. */
final class HeldXmin implements Scenario {

  private static final int PER_SECOND = 800;
  private static final int WORKERS = 50;

  @Override
  public String name() {
    return "held-xmin";
  }

  @Override
  public String summary() {
    return "800 jobs/s for 5 minutes while another session holds a transaction open";
  }

  @Override
  public void run(Stage stage) throws Exception {
    var free = measure(stage, Duration.ofSeconds(stage.size().of(60, 1)));
    Pass held;
    long dead;
    try (var _ = Hold.begin(stage.house().database())) {
      held = measure(stage, Duration.ofSeconds(stage.size().of(300, 1)));
      dead = stage.meter().read().deadTuples();
    }
    stage.add(
        Result.of("held-xmin", held.latencies().millisAt(99), "ms (p99)")
            .against("without", free.latencies().millisAt(99))
            .with(held.latencies())
            .noting(
                "%,.0f jobs/s of %d, without %,.0f; %,d dead tuples at the end"
                    .formatted(held.perSecond(), PER_SECOND, free.perSecond(), dead)));
  }

  private static Pass measure(Stage stage, Duration time) throws Exception {
    stage.backdrop().clear();
    stage.house().dispatcher();
    stage.say("held-xmin: %d jobs/s for %d s".formatted(PER_SECOND, time.toSeconds()));
    try (var workforce = Workforce.hire(stage.house().api(), WORKERS, 20);
        var crowd = new Crowd()) {
      var trickle = new Trickle(stage.house().database(), workforce.workers(), PER_SECOND);
      var latencies = trickle.run(crowd, time);
      return new Pass(latencies, trickle.perSecondReached());
    }
  }

  /** How long jobs took to their workers, and how many of them came a second. */
  private record Pass(Latencies latencies, double perSecond) {}
}
