package io.junction.bench.workload;

import io.junction.bench.house.Refusal;
import io.junction.bench.load.ApiClient;
import io.junction.bench.load.Crowd;
import io.junction.bench.load.SimulatedWorker;
import io.junction.bench.measure.Counters;
import io.junction.bench.report.Result;
import io.junction.bench.stage.Stage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Queued jobs, taken to their end by 20 workers of 100 slots that report by heartbeat. */
public final class BurnDown {

  private static final int WORKERS = 20;
  private static final int SLOTS = 100;

  /** How a worker reports. */
  public enum Reports {
    /** What came of a job since the last heartbeat in one: no-op jobs are over by then. */
    AT_ONCE,
    /** Received, started, finished: a heartbeat for each. */
    STEP_BY_STEP
  }

  private final Stage stage;
  private final int queues;
  private final Reports reports;

  public BurnDown(Stage stage, int queues, Reports reports) {
    this.stage = stage;
    this.queues = queues;
    this.reports = reports;
  }

  /**
   * What a run came to.
   *
   * @param jobs that ended passed
   */
  public record Burnt(int jobs, double seconds, Counters counters) {
    /** Jobs a second. */
    public double perSecond() {
      return jobs / seconds;
    }

    /** The same under a name. */
    public Result result(String name) {
      return Result.of(name, perSecond(), "jobs/s").costing(jobs, counters);
    }
  }

  /** Measures from the moment at which the queues are let go to the last job's end. */
  public Burnt run(int jobs) throws Exception {
    stage.backdrop().queue(jobs, queues);
    return run(jobs, () -> stage.backdrop().open());
  }

  /**
   * Measures from the moment of the cue, from which on so many jobs come, to the last one's end.
   */
  public Burnt run(int jobs, Runnable cue) throws Exception {
    var api = stage.house().api();
    stage.house().dispatcher();
    var left = new AtomicInteger(jobs);
    var done = new CountDownLatch(1);
    var workers = new ArrayList<SimulatedWorker>();
    try (var crowd = new Crowd()) {
      int count = Math.max(WORKERS, queues);
      for (int i = 0; i < count; i++) {
        workers.add(
            new ApiClient(api).register("bench-" + (1 + i % queues), SLOTS * WORKERS / count));
      }
      for (var worker : workers) {
        worker.beat(false);
      }
      var before = stage.meter().read();
      long started = System.nanoTime();
      workers.forEach(worker -> crowd.add(() -> work(worker, left, done)));
      cue.run();
      crowd.await(done);
      double seconds = (System.nanoTime() - started) / 1e9;
      var counters = stage.meter().read().since(before);
      long passed = stage.backdrop().count("passed");
      if (passed < jobs) {
        throw new Refusal("Of %d jobs only %d ended passed.".formatted(jobs, passed));
      }
      return new Burnt(jobs, seconds, counters);
    } finally {
      close(workers);
    }
  }

  private void work(SimulatedWorker worker, AtomicInteger left, CountDownLatch done)
      throws IOException {
    while (left.get() > 0) {
      if (worker.jobs().isEmpty()) {
        worker.beat(true);
      } else {
        int ended = reports == Reports.AT_ONCE ? worker.finishAll() : worker.finishStepByStep();
        if (left.addAndGet(-ended) <= 0) {
          done.countDown();
        }
      }
    }
  }

  private static void close(List<SimulatedWorker> workers) throws IOException {
    for (var worker : workers) {
      worker.close();
    }
  }
}
