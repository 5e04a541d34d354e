package io.junction.api.poll;

import io.junction.api.ApiProperties;
import io.junction.api.poll.Held.Ending;
import io.junction.common.hint.Hint;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The seats of the workers that poll this copy, with one poll each at most.
 *
 * <p>Invariant: a worker's seat is here before its heartbeat is applied or held, so a hint that
 * comes in between finds it. There are at most {@code max-parked} polls, and twice as many seats.
 */
@Component
public class Seats implements SmartLifecycle {

  private final ConcurrentHashMap<UUID, Seat> seats = new ConcurrentHashMap<>();
  private final Semaphore places;
  private final int most;
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("holds").factory());
  private volatile boolean running;

  Seats(ApiProperties properties, MeterRegistry meters) {
    this.most = properties.worker().maxParked();
    this.places = new Semaphore(most);
    timer.setRemoveOnCancelPolicy(true);
    Gauge.builder("junction.polls.parked", () -> most - places.availablePermits())
        .description("Long polls that are held")
        .register(meters);
    Gauge.builder("junction.seats", seats::mappingCount)
        .description("Workers that are remembered, so that their polls cost no statement")
        .register(meters);
  }

  /** What a heartbeat that may be held finds. */
  public sealed interface Entry {

    /** A place: its answer may be held. An older poll of the same worker has ended. */
    record In(Poll poll) implements Entry {}

    /** There is no place; it is to be answered at once. */
    record Crowded() implements Entry {}

    /** A newer heartbeat sits here already. */
    record Stale(long lastSeq) implements Entry {}
  }

  /**
   * Lets a worker's heartbeat sit down.
   *
   * @param idle whether it may be held without being applied, as far as it is concerned
   */
  public Entry enter(UUID worker, long seq, boolean idle) {
    endOlder(worker, seq);
    while (true) {
      var seat = seats.computeIfAbsent(worker, id -> new Seat(this, id));
      synchronized (seat) {
        if (seat.isGone()) {
          continue;
        }
        if (seq <= seat.newest()) {
          return new Entry.Stale(seat.newest());
        }
        if (!running || !places.tryAcquire()) {
          seat.unsettle();
          return new Entry.Crowded();
        }
        return new Entry.In(seat.enter(seq, idle));
      }
    }
  }

  /** The same for a heartbeat that is not to be held. */
  public Entry pass(UUID worker, long seq) {
    var seat = seats.get(worker);
    if (seat != null) {
      synchronized (seat) {
        if (seq <= seat.newest()) {
          return new Entry.Stale(seat.newest());
        }
        seat.unsettle();
      }
      endOlder(worker, seq);
    }
    return new Entry.Crowded();
  }

  private void endOlder(UUID worker, long seq) {
    var seat = seats.get(worker);
    var older = seat == null || seq <= seat.newest() ? null : seat.poll();
    if (older != null) {
      older.end(Ending.SUPERSEDED);
    }
  }

  /** Marks those whom a hint concerns; their polls look, or their next heartbeat is applied. */
  public void hear(Hint hint) {
    switch (hint) {
      case Hint.Workers workers ->
          workers.ids().stream().map(seats::get).filter(Objects::nonNull).forEach(Seat::mark);
      // The others sit here: the roll call that follows asks for all of them at once.
      case Hint.Unknown() ->
          seats.values().stream().filter(seat -> !seat.isPresent()).forEach(Seat::mark);
      case Hint.Queue queue -> {}
      case Hint.Slot slot -> {}
      case Hint.Created created -> {}
      case Hint.Unrouted unrouted -> {}
      case Hint.Limit limit -> {}
      case Hint.Event event -> {}
      case Hint.Delivery delivery -> {}
    }
  }

  /** Those whom the roll call has to note. */
  List<Present> present() {
    return seats.values().stream()
        .filter(Seat::isPresent)
        .map(seat -> new Present(seat, seat.worker(), seat.seq()))
        .toList();
  }

  /** A worker that sits here, and its last heartbeat. */
  record Present(Seat seat, UUID worker, long seq) {}

  /** Forgets who has not come back since then. */
  void forgetAwaySince(long instant) {
    seats.values().forEach(seat -> seat.forgetIfAwaySince(instant));
  }

  /** Sends all who sit here the ordinary way: their polls end, their next heartbeat is applied. */
  void dismiss() {
    seats.values().forEach(Seat::dismiss);
  }

  Future<?> after(Duration delay, Runnable what) {
    return timer.schedule(what, delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  void release() {
    places.release();
  }

  void remove(UUID worker, Seat seat) {
    seats.remove(worker, seat);
  }

  boolean areTooMany() {
    return seats.mappingCount() > 2L * most;
  }

  @Override
  public void start() {
    running = true;
  }

  /** Before the web server waits for the requests that are under way. */
  @Override
  public void stop() {
    running = false;
    seats.values().stream()
        .map(Seat::poll)
        .filter(Objects::nonNull)
        .forEach(poll -> poll.end(Ending.STOP));
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return DEFAULT_PHASE;
  }
}
