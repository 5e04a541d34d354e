package io.junction.bench.workload;

import io.junction.bench.house.Refusal;
import io.junction.bench.load.Crowd;
import io.junction.bench.measure.Counters;
import io.junction.bench.stage.Stage;
import java.time.Duration;

/** The dispatcher alone: workers without a process, jobs that are placed and not run. */
public final class Placing {

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration LOOK = Duration.ofMillis(5);

  private final Stage stage;

  public Placing(Stage stage) {
    this.stage = stage;
  }

  /** What so many placements took. */
  public record Placed(long jobs, double seconds, Counters counters) {
    /** Placements a second. */
    public double perSecond() {
      return jobs / seconds;
    }
  }

  /**
   * Queues jobs, then opens the queues to so many slots, and waits until all of these are taken.
   */
  public Placed run(int jobs, int queues, int workers, int slots) throws InterruptedException {
    stage.withoutApi();
    stage.house().dispatcher();
    stage.backdrop().clear();
    stage.backdrop().queue(jobs, queues);
    stage.backdrop().staff(workers, slots, queues);
    return place(Math.min(jobs, workers * slots), () -> stage.backdrop().open());
  }

  /** Waits until so many jobs more are with a worker than before the cue. */
  public Placed place(long expected, Runnable cue) throws InterruptedException {
    long goal = stage.backdrop().placed() + expected;
    var before = stage.meter().read();
    long started = System.nanoTime();
    cue.run();
    int looks = 1;
    try (var nobody = new Crowd()) {
      while (stage.backdrop().placed() < goal) {
        looks++;
        if (System.nanoTime() - started > PATIENCE.toNanos()) {
          throw new Refusal("The dispatcher does not place %d jobs.".formatted(expected));
        }
        nobody.await(LOOK);
      }
    }
    double seconds = (System.nanoTime() - started) / 1e9;
    return new Placed(expected, seconds, stage.meter().read().since(before).without(looks));
  }
}
