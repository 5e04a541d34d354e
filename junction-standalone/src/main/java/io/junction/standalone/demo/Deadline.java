package io.junction.standalone.demo;

import io.junction.standalone.console.Stop;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Asks for a stop when the time is over, unless it is closed before. */
final class Deadline implements AutoCloseable {

  private final ScheduledExecutorService clock;

  private Deadline(ScheduledExecutorService clock) {
    this.clock = clock;
  }

  static Deadline after(Duration time, Stop stop) {
    var clock =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("deadline").factory());
    var _ =
        clock.schedule(() -> stop.ask(Stop.By.DEADLINE), time.toMillis(), TimeUnit.MILLISECONDS);
    return new Deadline(clock);
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
