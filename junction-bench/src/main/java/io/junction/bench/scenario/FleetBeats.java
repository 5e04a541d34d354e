package io.junction.bench.scenario;

import io.junction.bench.house.Refusal;
import io.junction.bench.load.Crowd;
import io.junction.bench.load.Latencies;
import io.junction.bench.load.SimulatedWorker;
import io.junction.bench.report.Result;
import io.junction.bench.stage.Scenario;
import io.junction.bench.stage.Stage;
import io.junction.bench.workload.Lives;
import io.junction.bench.workload.Workforce;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Scenario fleet: 10,000 busy workers that beat every 5 s. */
final class FleetBeats implements Scenario {

  private static final int ASSIGNMENTS = 10;
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  @Override
  public String name() {
    return "fleet";
  }

  @Override
  public String summary() {
    return "10,000 workers with 10 assignments each, a heartbeat of each every 5 s";
  }

  @Override
  public void run(Stage stage) throws Exception {
    int count = stage.size().of(10_000, 50);
    var time = Duration.ofSeconds(stage.size().of(60, 1));
    Lives.warm(stage);
    stage.backdrop().clear();
    stage.say("fleet: %,d workers register".formatted(count));
    try (var workforce = Workforce.hire(stage.house().api(), count, ASSIGNMENTS);
        var crowd = new Crowd()) {
      stage.say("fleet: %,d jobs are placed".formatted(count * ASSIGNMENTS));
      var beats = new Beats();
      workforce.workers().forEach(worker -> crowd.add(() -> beats.keepBeating(worker)));
      stage.backdrop().add(count * ASSIGNMENTS);
      awaitPlaced(stage, crowd, (long) count * ASSIGNMENTS);
      crowd.await(INTERVAL.multipliedBy(stage.size().of(4, 1))); // they list what they have
      beats.begin();
      var before = stage.meter().read();
      crowd.await(time);
      var counters = stage.meter().read().since(before);
      beats.end();
      double cores =
          (counters.cpuSeconds().getOrDefault("api", 0.0)
                  + counters.cpuSeconds().getOrDefault("postgres", 0.0))
              / time.toSeconds();
      stage.add(
          Result.of("fleet", beats.latencies.millisAt(99), "ms (p99)")
              .with(beats.latencies)
              .costing(beats.latencies.count(), counters)
              .noting("per heartbeat, not per job")
              .noting("API and Postgres use %.2f cores".formatted(cores))
              .noting("%d beats came late by an interval".formatted(beats.missed.sum())));
    }
  }

  private static void awaitPlaced(Stage stage, Crowd crowd, long jobs) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
    while (stage.backdrop().placed() < jobs) {
      if (System.nanoTime() - deadline > 0) {
        throw new Refusal("The jobs of the fleet are not placed.");
      }
      crowd.await(Duration.ofMillis(200));
    }
  }

  /** Beats of many workers, each on its own even clock. */
  private static final class Beats {

    private final Latencies latencies = new Latencies();
    private final LongAdder missed = new LongAdder();
    private volatile boolean measuring;

    void begin() {
      measuring = true;
    }

    void end() {
      measuring = false;
    }

    void keepBeating(SimulatedWorker worker) throws IOException, InterruptedException {
      var never = new CountDownLatch(1); // its own: one for all would be a line of 10,000
      long due = System.nanoTime() + ThreadLocalRandom.current().nextLong(INTERVAL.toNanos());
      while (true) {
        boolean _ = never.await(due - System.nanoTime(), TimeUnit.NANOSECONDS);
        long began = System.nanoTime();
        worker.beat(false);
        if (measuring) {
          latencies.add(System.nanoTime() - began);
        }
        due += INTERVAL.toNanos();
        if (System.nanoTime() - due > 0) {
          missed.increment();
          due = System.nanoTime();
        }
      }
    }
  }
}
