package io.junction.api.poll;

import io.junction.api.ApiProperties;
import io.junction.common.hint.Hint;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.springframework.util.unit.DataSize;

/** Seats for so many polls, and the steps of a worker that takes one. */
final class Room {

  static final Duration LONG = Duration.ofHours(1);

  final UUID worker = UUID.randomUUID();
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final ApiProperties properties;
  final Seats seats;

  Room(int maxParked) {
    this(maxParked, Duration.ofHours(1));
  }

  Room(int maxParked, Duration lease) {
    this.properties =
        new ApiProperties(
            new ApiProperties.WorkerPromises(
                Duration.ofMillis(50),
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                lease,
                lease.multipliedBy(2),
                maxParked),
            DataSize.ofMegabytes(1),
            10,
            10,
            Duration.ZERO);
    this.seats = new Seats(properties, meters);
    seats.start();
  }

  /** An idle heartbeat that finds a place. */
  Poll enter(long seq) {
    return enter(worker, seq, true);
  }

  Poll enter(UUID who, long seq, boolean idle) {
    return ((Seats.Entry.In) seats.enter(who, seq, idle)).poll();
  }

  /** A heartbeat that is applied and then held, because there is nothing to say. */
  Waiting sitDown(UUID who, long seq) {
    var poll = enter(who, seq, true);
    poll.heard(System.nanoTime(), 1_000, true);
    var answer = new Waiting();
    poll.hold(answer, LONG);
    return answer;
  }

  /** The worker has a seat, and no poll at this moment. */
  void sitDownAndLeave(UUID who, long seq) {
    var poll = enter(who, seq, true);
    poll.heard(System.nanoTime(), 1_000, true);
    poll.hold(new Waiting(), LONG);
    poll.end(Held.Ending.TIME);
  }

  void hint(UUID who) {
    seats.hear(new Hint.Workers(Set.of(who)));
  }

  int parked() {
    return (int) meters.get("junction.polls.parked").gauge().value();
  }

  int seated() {
    return (int) meters.get("junction.seats").gauge().value();
  }
}
