package io.junction.api.poll;

import io.junction.api.ApiProperties;
import io.junction.common.hint.Hint;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Notes, three times a lease, everybody who sits here, and so keeps them alive in the database:
 * their heartbeats are not applied one by one.
 *
 * <p>It is also the net under the hints: of whom the database knows more than its seat does, the
 * poll looks for itself.
 *
 * <p>Failure: workers who are not noted look silent, so while a roll call is overdue no silence may
 * count; {@link #overdueFor} tells the pulse. A lease that is half over sends them the ordinary
 * way: when only this copy is cut off, they find another before theirs ends.
 */
@Component
public class RollCall implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(RollCall.class);
  private static final int CALLS_PER_LEASE = 3;
  private static final int MOST_AT_ONCE = 5_000;

  private final Seats seats;
  private final RollCallStatements statements;
  private final Duration interval;
  private final Timer calls;
  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("roll-call").factory());
  private volatile long dueSince;
  private long complete = System.nanoTime();

  RollCall(
      Seats seats, RollCallStatements statements, ApiProperties properties, MeterRegistry meters) {
    this.seats = seats;
    this.statements = statements;
    this.interval = properties.worker().lease().dividedBy(CALLS_PER_LEASE);
    this.calls =
        Timer.builder("junction.rollcalls")
            .description("Roll calls of the idle workers whose polls are held")
            .register(meters);
    long nanos = interval.toNanos();
    var _ = thread.scheduleWithFixedDelay(this::call, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  /** For how long somebody has waited to be noted who should have been; mostly zero. */
  public Duration overdueFor() {
    long since = dueSince;
    return since == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - since);
  }

  /** Calls the roll at once when hints may have been missed. */
  public void hear(Hint hint) {
    if (hint instanceof Hint.Unknown) {
      try {
        thread.execute(this::call);
      } catch (RejectedExecutionException stopping) {
        log.debug("no roll call any more", stopping);
      }
    }
  }

  void call() {
    long now = System.nanoTime();
    var present = seats.present();
    if (!present.isEmpty() && dueSince == 0) {
      dueSince = now;
    }
    try {
      calls.record(() -> note(present));
      seats.forgetAwaySince(now - 2 * interval.toNanos());
      complete = now;
      dueSince = 0;
    } catch (RuntimeException e) {
      log.warn("{} idle workers could not be noted: {}", present.size(), e.getMessage());
      if (System.nanoTime() - complete > interval.toNanos() * CALLS_PER_LEASE / 2) {
        seats.dismiss();
      }
    }
  }

  private void note(List<Seats.Present> present) {
    for (int from = 0; from < present.size(); from += MOST_AT_ONCE) {
      var some = present.subList(from, Math.min(present.size(), from + MOST_AT_ONCE));
      long at = System.nanoTime();
      var others = new HashSet<>(statements.note(some));
      for (var worker : some) {
        if (others.contains(worker.worker())) {
          worker.seat().mark();
        } else {
          worker.seat().noted(worker.seq(), at);
        }
      }
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
