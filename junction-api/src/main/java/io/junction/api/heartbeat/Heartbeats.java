package io.junction.api.heartbeat;

import io.junction.api.ApiProperties;
import io.junction.api.batch.GroupCommit;
import io.junction.api.problem.Refusal;
import io.junction.api.pulse.Hearing;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Takes a heartbeat, and holds its answer while there is nothing new to say.
 *
 * <p>A held answer costs no statement. It ends with a hint and a look at the database that finds a
 * difference, with a newer heartbeat of the same worker, or with its time.
 */
@Component
class Heartbeats implements Hearing, AutoCloseable {

  private final ParkedPolls polls;
  private final ApiProperties.WorkerPromises promises;
  private final GroupCommit<Heartbeat, Reply> receive;
  private final GroupCommit<Look, Reply.Heard> looks;

  Heartbeats(ReceiveHeartbeats heartbeats, ParkedPolls polls, ApiProperties properties) {
    this.polls = polls;
    this.promises = properties.worker();
    this.receive =
        new GroupCommit<>(
            "heartbeats", properties.maxBatch(), properties.maxWaiting(), heartbeats::receive);
    this.looks =
        new GroupCommit<>(
            "looks",
            properties.maxBatch(),
            properties.maxWaiting(),
            batch -> look(heartbeats, batch));
  }

  @Override
  public Duration busyFor() {
    return receive.busyFor();
  }

  Answer take(Heartbeat beat, Duration wait) {
    if (wait.isZero()) {
      polls.supersede(beat.worker());
      return new Answer(heard(receive.submit(beat), beat), false);
    }
    try (var poll = polls.register(beat.worker())) {
      var first = heard(receive.submit(beat), beat);
      if (poll == null) {
        return new Answer(first, true);
      }
      return new Answer(differs(first, beat) ? first : hold(poll, beat, first, wait), false);
    }
  }

  private Reply.Heard hold(
      ParkedPolls.Poll poll, Heartbeat beat, Reply.Heard first, Duration wait) {
    long deadline = System.nanoTime() + Math.min(wait.toNanos(), promises.maxWait().toNanos());
    try {
      while (true) {
        switch (poll.await(deadline)) {
          case TIME, STOP -> {
            return first;
          }
          case SUPERSEDED -> throw Refusal.staleHeartbeat(beat.seq(), beat.seq() + 1);
          case HINT -> {
            var now = looks.submit(new Look(beat.worker(), beat.listed()));
            if (differs(now, beat)) {
              return now;
            }
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return first;
    }
  }

  /** Whether the answer says anything that the worker does not know. */
  private static boolean differs(Reply.Heard heard, Heartbeat beat) {
    boolean directed =
        heard.directive() == Directive.STOP
            || (heard.directive() == Directive.DRAIN && !beat.draining());
    return directed || !beat.reports().isEmpty() || !heard.ids().equals(beat.listed());
  }

  private static Reply.Heard heard(Reply reply, Heartbeat beat) {
    return switch (reply) {
      case Reply.Heard heard -> heard;
      case Reply.Stale stale -> throw Refusal.staleHeartbeat(beat.seq(), stale.lastSeq());
      case Reply.Foreign foreign ->
          throw Refusal.invalid(
              "assignments[" + List.copyOf(beat.listed()).indexOf(foreign.assignment()) + "]",
              "is " + foreign.assignment() + ", which was never an assignment of this worker");
      case Reply.Nobody() -> throw Refusal.notFound("there is no worker " + beat.worker());
    };
  }

  private static List<Reply.Heard> look(ReceiveHeartbeats heartbeats, List<Look> batch) {
    Map<UUID, Set<UUID>> listed = new HashMap<>();
    batch.forEach(look -> listed.put(look.worker(), look.listed()));
    var looks = heartbeats.look(listed);
    return batch.stream().map(look -> looks.getOrDefault(look.worker(), GONE)).toList();
  }

  private static final Reply.Heard GONE = new Reply.Heard(List.of(), List.of(), Directive.STOP, 1);

  @Override
  public void close() {
    receive.close();
    looks.close();
  }

  private record Look(UUID worker, Set<UUID> listed) {}

  /**
   * An answer.
   *
   * @param crowded whether there was no place to hold it
   */
  record Answer(Reply.Heard heard, boolean crowded) {}
}
