package io.junction.api.heartbeat;

import io.junction.api.ApiProperties;
import io.junction.common.hint.Hint;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The long polls that this copy holds, at most one a worker.
 *
 * <p>A poll is registered before its heartbeat is applied, so a hint that comes in between wakes it
 * when it is about to sleep: none falls through the gap.
 */
@Component
class ParkedPolls implements SmartLifecycle {

  private final ConcurrentHashMap<UUID, Poll> polls = new ConcurrentHashMap<>();
  private final Semaphore places;
  private volatile boolean running;

  ParkedPolls(ApiProperties properties, MeterRegistry meters) {
    int most = properties.worker().maxParked();
    this.places = new Semaphore(most);
    Gauge.builder("junction.polls.parked", () -> most - places.availablePermits())
        .description("Long polls that are held")
        .register(meters);
  }

  /**
   * Registers a worker's poll; an older one of the same worker ends. Null when there is no place.
   */
  @Nullable Poll register(UUID worker) {
    if (!running || !places.tryAcquire()) {
      return null;
    }
    var poll = new Poll(worker);
    var older = polls.put(worker, poll);
    if (older != null) {
      older.wake(Waking.SUPERSEDED);
    }
    return poll;
  }

  /** Ends the wait of a poll that may still be held, since a newer heartbeat has come. */
  void supersede(UUID worker) {
    var older = polls.remove(worker);
    if (older != null) {
      older.wake(Waking.SUPERSEDED);
    }
  }

  /** Wakes those whom a hint concerns. */
  void hear(Hint hint) {
    switch (hint) {
      case Hint.Workers workers ->
          workers.ids().stream()
              .map(polls::get)
              .filter(Objects::nonNull)
              .forEach(poll -> poll.wake(Waking.HINT));
      case Hint.Unknown() -> polls.values().forEach(poll -> poll.wake(Waking.HINT));
      case Hint.Queue queue -> {}
      case Hint.Created created -> {}
    }
  }

  @Override
  public void start() {
    running = true;
  }

  /** Before the web server waits for the requests that are under way. */
  @Override
  public void stop() {
    running = false;
    polls.values().forEach(poll -> poll.wake(Waking.STOP));
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return DEFAULT_PHASE;
  }

  /** Why a poll woke up. */
  enum Waking {
    TIME,
    HINT,
    SUPERSEDED,
    STOP
  }

  /** One held poll. A hint is kept until the poll asks for it; the end of the poll is final. */
  final class Poll implements AutoCloseable {

    private final UUID worker;
    private Waking waking = Waking.TIME;

    Poll(UUID worker) {
      this.worker = worker;
    }

    private synchronized void wake(Waking why) {
      if (waking == Waking.TIME || why != Waking.HINT) {
        waking = why;
      }
      notifyAll();
    }

    /** Waits until it is woken, or until this monotonic instant. */
    synchronized Waking await(long deadlineNanos) throws InterruptedException {
      while (waking == Waking.TIME) {
        long millis = (deadlineNanos - System.nanoTime()) / 1_000_000;
        if (millis <= 0) {
          return Waking.TIME;
        }
        wait(millis);
      }
      var why = waking;
      if (why == Waking.HINT) {
        waking = Waking.TIME;
      }
      return why;
    }

    @Override
    public void close() {
      polls.remove(worker, this);
      places.release();
    }
  }
}
