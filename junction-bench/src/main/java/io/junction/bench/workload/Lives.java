package io.junction.bench.workload;

import io.junction.bench.house.Daemon;
import io.junction.bench.load.ApiClient;
import io.junction.bench.load.Crowd;
import io.junction.bench.load.Latencies;
import io.junction.bench.load.SimulatedWorker;
import io.junction.bench.stage.Stage;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Jobs of which each is submitted, taken, started and finished by requests of its own. */
public final class Lives {

  private static final int CLIENTS = 64;
  private static final String QUEUE = "bench-1";

  private final Daemon api;
  private final LongAdder finished = new LongAdder();
  private final Latencies latencies = new Latencies();
  private volatile boolean over;

  /** By requests to this API; the dispatcher must be there, too. */
  public Lives(Daemon api) {
    this.api = api;
  }

  /**
   * Lets the API and the dispatcher do everything that they do for so long that their compilers are
   * done with it. What is measured is a daemon that has been up for a while, not its start; one
   * that has been warmed before is left alone.
   */
  public static void warm(Stage stage) throws InterruptedException {
    var dispatcher = stage.house().dispatcher();
    var api = stage.house().api();
    if (!stage.warms(api, dispatcher)) {
      return;
    }
    var time = Duration.ofSeconds(stage.size().of(90, 1));
    stage.say("warming up for %d s".formatted(time.toSeconds()));
    stage.backdrop().clear();
    var lives = new Lives(api);
    try (var crowd = new Crowd()) {
      lives.begin(crowd);
      crowd.await(time);
      lives.end();
    }
    stage.backdrop().clear();
  }

  /** Lets 64 clients live such lives, one after the other, until the end is said. */
  public void begin(Crowd crowd) {
    for (int i = 0; i < CLIENTS; i++) {
      crowd.add(this::client);
    }
  }

  /** Those that wait for a job need not be waited for. */
  public void end() {
    over = true;
  }

  /** Jobs that ended so far. */
  public long finished() {
    return finished.sum();
  }

  /** From each client's submit to the end of the job that it took. */
  public Latencies latencies() {
    return latencies;
  }

  /** Submits a job, takes one (its own or another's), starts and finishes it. */
  private void client() throws IOException {
    try (var scheduler = new ApiClient(api);
        var worker = new ApiClient(api).register(QUEUE, 1)) {
      while (!over) {
        long began = System.nanoTime();
        scheduler.submit(QUEUE);
        finished.add(take(worker));
        latencies.add(System.nanoTime() - began);
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
