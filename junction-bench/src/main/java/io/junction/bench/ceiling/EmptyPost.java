package io.junction.bench.ceiling;

import io.junction.bench.house.Daemon;
import io.junction.bench.load.ApiClient;
import io.junction.bench.load.Crowd;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/** Ceiling c2: how many requests that do nothing the same server answers to the same load. */
public final class EmptyPost {

  private EmptyPost() {}

  /** Requests a second, by so many clients. */
  public static double requestsPerSecond(Daemon api, int clients, Duration time)
      throws InterruptedException {
    var over = new AtomicBoolean();
    var answered = new LongAdder();
    try (var crowd = new Crowd()) {
      for (int i = 0; i < clients; i++) {
        crowd.add(
            () -> {
              try (var client = new ApiClient(api)) {
                while (!over.get()) {
                  client.ping();
                  answered.increment();
                }
              }
            });
      }
      crowd.await(time); // warm
      long before = answered.sum();
      long started = System.nanoTime();
      crowd.await(time);
      double rate = (answered.sum() - before) / ((System.nanoTime() - started) / 1e9);
      over.set(true);
      crowd.await();
      return rate;
    }
  }
}
