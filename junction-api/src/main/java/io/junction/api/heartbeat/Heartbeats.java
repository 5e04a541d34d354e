package io.junction.api.heartbeat;

import io.junction.api.ApiProperties;
import io.junction.api.batch.GroupCommit;
import io.junction.api.poll.Poll;
import io.junction.api.poll.RollCall;
import io.junction.api.poll.Seats;
import io.junction.api.problem.Refusal;
import io.junction.api.pulse.Hearing;
import io.junction.common.hint.HintListener;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.springframework.stereotype.Component;

/**
 * Takes a heartbeat, and holds its answer while there is nothing new to say.
 *
 * <p>A held answer costs no statement and no thread. It ends with a hint and a look at the database
 * that finds a difference, with a newer heartbeat of the same worker, or with its time. A look only
 * reads. Where the database has not heard of an idle worker for long, or has given it up, its
 * heartbeat is applied once more, so that it is told of no work that it is not trusted with.
 */
@Component
class Heartbeats implements Hearing, AutoCloseable {

  private final Seats seats;
  private final RollCall rollCall;
  private final HintListener hints;
  private final ApiProperties.WorkerPromises promises;
  private final GroupCommit<Heartbeat, Reply> receive;
  private final GroupCommit<Heartbeat, Reply> looks;

  Heartbeats(
      ReceiveHeartbeats heartbeats,
      Seats seats,
      RollCall rollCall,
      HintListener hints,
      ApiProperties properties) {
    this.seats = seats;
    this.rollCall = rollCall;
    this.hints = hints;
    this.promises = properties.worker();
    this.receive = new GroupCommit<>("heartbeats", properties.batching(), heartbeats::receive);
    this.looks = new GroupCommit<>("looks", properties.batching(), heartbeats::look);
  }

  /** Workers are not heard, either, whose polls nobody notes. */
  @Override
  public Duration busyFor() {
    var heartbeats = receive.busyFor();
    var notes = rollCall.overdueFor();
    return heartbeats.compareTo(notes) > 0 ? heartbeats : notes;
  }

  /** Blocks until the heartbeat is applied; the answer may come later. */
  CompletableFuture<Answer> take(Heartbeat beat, Duration wait) {
    boolean held = !wait.isZero();
    var entry =
        held || beat.leavesIdle()
            ? seats.enter(beat.worker(), beat.seq(), held && beat.isIdle() && hints.isConnected())
            : seats.pass(beat.worker(), beat.seq());
    return switch (entry) {
      case Seats.Entry.In(Poll poll) ->
          poll.isSeated() ? sit(poll, beat, wait) : park(poll, beat, wait);
      case Seats.Entry.Crowded() -> now(apply(beat), held);
      case Seats.Entry.Stale(long lastSeq) -> throw Refusal.staleHeartbeat(beat.seq(), lastSeq);
    };
  }

  /** Applies a heartbeat, then holds its answer if it may, unless that says something new. */
  private CompletableFuture<Answer> park(Poll poll, Heartbeat beat, Duration wait) {
    boolean settles = false;
    try {
      long received = System.nanoTime();
      var first = apply(beat);
      // The roll call keeps to this copy's lease; who was promised a shorter one must not rely on
      // it.
      settles =
          beat.leavesIdle() && first.isNothing() && first.leaseMs() >= promises.lease().toMillis();
      poll.heard(received, first.leaseMs(), settles);
      if (wait.isZero() || first.differsFrom(beat)) {
        return now(first, false);
      }
      var held = new HeldAnswer(beat, first, poll.seat(), received, this::look, this::applyAgain);
      poll.hold(held, shorter(wait, settles ? promises.maxIdleWait() : promises.maxWait()));
      return held.answer();
    } finally {
      poll.leave(settles); // of no effect on one that is held
    }
  }

  /** Holds the answer of a worker of which it is known that there is nothing to say. */
  private CompletableFuture<Answer> sit(Poll poll, Heartbeat beat, Duration wait) {
    var nothing = Reply.Heard.nothing(poll.seat().leaseMs());
    var held =
        new HeldAnswer(beat, nothing, poll.seat(), System.nanoTime(), this::look, this::applyAgain);
    poll.hold(held, shorter(wait, promises.maxIdleWait()));
    return held.answer();
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static CompletableFuture<Answer> now(Reply.Heard heard, boolean crowded) {
    return CompletableFuture.completedFuture(new Answer(heard, crowded));
  }

  private Reply.Heard apply(Heartbeat beat) {
    var reply = receive.submit(beat);
    if (reply instanceof Reply.Heard heard) {
      return heard;
    }
    throw reply.refusalOf(beat);
  }

  private CompletionStage<Reply> look(Heartbeat beat) {
    return looks.submitAsync(beat);
  }

  private CompletionStage<Reply> applyAgain(Heartbeat beat) {
    return receive.submitAsync(beat.onceMore());
  }

  @Override
  public void close() {
    receive.close();
    looks.close();
  }
}
