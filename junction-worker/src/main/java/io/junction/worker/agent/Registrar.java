package io.junction.worker.agent;

import io.junction.worker.client.RegisterRequest;
import io.junction.worker.client.Registered;
import io.junction.worker.client.Reply;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers, and tries for ever when Junction cannot be reached. What only a human can put right (a
 * wrong token, queue or role) ends the worker instead. So does a drain, at once, for there is
 * nothing to finish.
 */
final class Registrar {
  private static final Logger log = LoggerFactory.getLogger(Registrar.class);
  private static final int PROTOCOL = 1;
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final Set<Integer> FINAL = Set.of(400, 401, 403, 422);

  /** A registration, or the end. */
  sealed interface Result {
    record In(Registered registered, long sentAt) implements Result {}

    record Out(End end) implements Result {}
  }

  private final Station station;
  private final Backoff backoff;

  Registrar(Station station) {
    this.station = station;
    this.backoff = new Backoff(station.options().urls().size() - 1);
  }

  Result register() throws InterruptedException {
    while (true) {
      if (station.drain().asked()) {
        return new Result.Out(End.RETIRED);
      }
      long sentAt = System.nanoTime();
      Optional<Result> result = judge(ask(), sentAt);
      if (result.isPresent()) {
        return result.get();
      }
      pause(backoff.failed(LONGEST_PAUSE));
    }
  }

  private Optional<Result> judge(Reply<Registered> reply, long sentAt) {
    return switch (reply) {
      case Reply.Answered<Registered>(Registered registered) -> {
        station.contact().regained();
        log.info(
            "Registered as worker {} for queue {}", registered.id(), station.options().queue());
        yield Optional.of(new Result.In(registered, sentAt));
      }
      case Reply.Refused<Registered> refused when FINAL.contains(refused.status()) -> {
        log.error(
            "Junction refuses this worker for queue {}: {} ({})",
            station.options().queue(),
            refused.problem().sentence(),
            refused.status());
        yield Optional.of(new Result.Out(End.REFUSED));
      }
      case Reply.Refused<Registered> refused -> {
        station.contact().lost("Junction answers " + refused.status() + " to the registration");
        yield Optional.empty();
      }
      case Reply.Unreachable<Registered> unreachable -> {
        if (!station.drain().asked()) {
          station.contact().lost(unreachable.reason());
        }
        yield Optional.empty();
      }
    };
  }

  /**
   * A drain does not cut a try short before its limit: who has been registered should say goodbye.
   */
  private Reply<Registered> ask() throws InterruptedException {
    WorkerOptions options = station.options();
    var request =
        new RegisterRequest(
            options.queue(),
            options.name(),
            options.version(),
            options.slots(),
            options.attributes(),
            PROTOCOL);
    var sent = station.client().register(options.token(), request, TIMEOUT);
    var _ = sent.whenComplete((reply, canceled) -> tell(reply));
    long until = System.nanoTime() + TIMEOUT.toNanos();
    while (!station.drain().over(System.nanoTime())) {
      long now = System.nanoTime();
      for (Event event :
          station.mailbox().await(Math.min(until - now, station.drain().nanosLeft(now)))) {
        if (event instanceof Event.Introduced(Reply<Registered> reply)) {
          return reply;
        }
        heed(event);
      }
    }
    sent.cancel(true);
    return new Reply.Unreachable<>("the worker ends", Duration.ZERO);
  }

  private void tell(@Nullable Reply<Registered> reply) {
    if (reply != null) {
      station.mailbox().put(new Event.Introduced(reply));
    }
  }

  private void pause(long nanos) throws InterruptedException {
    long until = System.nanoTime() + nanos;
    for (long left = nanos;
        left > 0 && !station.drain().asked();
        left = until - System.nanoTime()) {
      station.mailbox().await(left).forEach(this::heed);
    }
  }

  /** Only a drain matters here; everything else is of a registration that is gone. */
  private void heed(Event event) {
    if (event instanceof Event.DrainAsked(Duration limit)) {
      station.drain().ask(limit);
    }
  }
}
