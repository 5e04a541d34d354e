package io.junction.bench.scenario;

import io.junction.bench.house.Daemon;
import io.junction.bench.load.ApiClient;
import io.junction.bench.load.Crowd;
import io.junction.bench.load.Latencies;
import io.junction.bench.load.SimulatedWorker;
import io.junction.bench.report.Result;
import io.junction.bench.stage.Scenario;
import io.junction.bench.stage.Stage;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/** Scenario single: every job is submitted, taken, started and finished by requests of its own. */
final class Single implements Scenario {

  private static final int CLIENTS = 64;
  private static final String QUEUE = "bench-1";

  @Override
  public String name() {
    return "single";
  }

  @Override
  public String summary() {
    return "64 clients; each job submitted, taken, started, finished by its own requests";
  }

  @Override
  public void run(Stage stage) throws Exception {
    var time = Duration.ofSeconds(stage.size().of(20, 1));
    stage.backdrop().clear();
    stage.house().dispatcher();
    var api = stage.house().api();
    double empty = stage.ceilings().emptyPosts();
    var over = new AtomicBoolean();
    var finished = new LongAdder();
    var lives = new Latencies();
    try (var crowd = new Crowd()) {
      for (int i = 0; i < CLIENTS; i++) {
        crowd.add(() -> client(api, over, finished, lives));
      }
      crowd.await(time.dividedBy(2)); // warm
      var before = stage.meter().read();
      long jobsBefore = finished.sum();
      long started = System.nanoTime();
      crowd.await(time);
      long jobs = Math.max(1, finished.sum() - jobsBefore);
      double seconds = (System.nanoTime() - started) / 1e9;
      var counters = stage.meter().read().since(before);
      over.set(true);
      crowd.await();
      stage.add(
          Result.of("single", jobs / seconds, "jobs/s")
              .against("c2", empty)
              .with(lives)
              .costing(jobs, counters)
              .noting("times are from a client's submit to the end of the job that it took"));
    }
  }

  /** Submits a job, takes one (its own or another's), starts and finishes it. */
  private static void client(Daemon api, AtomicBoolean over, LongAdder finished, Latencies lives)
      throws IOException {
    try (var scheduler = new ApiClient(api);
        var worker = new ApiClient(api).register(QUEUE, 1)) {
      while (!over.get()) {
        long began = System.nanoTime();
        scheduler.submit(QUEUE);
        finished.add(take(worker));
        lives.add(System.nanoTime() - began);
      }
    }
  }

  /** As many jobs are submitted as there are slots, so a job comes unless the end has come. */
  private static int take(SimulatedWorker worker) throws IOException {
    worker.beat(true);
    var taken = List.copyOf(worker.jobs().keySet());
    for (var assignment : taken) {
      worker.step(assignment, "start");
      worker.step(assignment, "finish");
    }
    return taken.size();
  }
}
