package io.junction.bench.workload;

import io.junction.bench.house.Daemon;
import io.junction.bench.load.ApiClient;
import io.junction.bench.load.Crowd;
import io.junction.bench.load.SimulatedWorker;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Registered workers, each with a connection of its own. */
public final class Workforce implements AutoCloseable {

  /** How many register at the same time: fewer than the API has connections to the database. */
  private static final int ABREAST = 8;

  private final List<SimulatedWorker> workers;

  private Workforce(List<SimulatedWorker> workers) {
    this.workers = workers;
  }

  /** Registers so many workers of {@code bench-1}. */
  public static Workforce hire(Daemon api, int count, int slots) throws InterruptedException {
    var left = new AtomicInteger(count);
    var hired = new ConcurrentLinkedQueue<SimulatedWorker>();
    try (var crowd = new Crowd()) {
      for (int i = 0; i < ABREAST; i++) {
        crowd.add(
            () -> {
              while (left.getAndDecrement() > 0) {
                hired.add(new ApiClient(api).register("bench-1", slots));
              }
            });
      }
      crowd.await();
    }
    return new Workforce(List.copyOf(hired));
  }

  /** All of them. */
  public List<SimulatedWorker> workers() {
    return workers;
  }

  /** Lets all of them wait for work, again and again, until the crowd is left. */
  public void park(Crowd crowd) {
    workers.forEach(
        worker ->
            crowd.add(
                () -> {
                  while (true) {
                    worker.beat(true);
                  }
                }));
  }

  @Override
  public void close() throws IOException {
    for (var worker : workers) {
      worker.close();
    }
  }
}
