package io.junction.api.poll;

import io.junction.api.poll.Held.Ending;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A long poll: its heartbeat is applied, then its answer is held, and no thread waits for it.
 *
 * <pre>
 * APPLYING ──hold──▶ WAITING ──a hint──▶ LOOKING
 *     │                │ ▲──nothing new─── │
 *   leave     time, stop, superseded   found, superseded
 *     └────────────────┴──────▶ OVER ◀─────┘
 * </pre>
 *
 * <p>Nothing is lost between two states: a hint stands in the seat until a look begins, an ending
 * stands here until the poll waits. Only a newer heartbeat does not wait for a look to come back.
 *
 * <p>Concurrency: guarded by the seat; what is held is called outside of it.
 */
public final class Poll {

  private enum State {
    APPLYING,
    WAITING,
    LOOKING,
    OVER
  }

  private final Seats seats;
  private final Seat seat;
  private final long seq;
  private final boolean seated;
  private State state = State.APPLYING;
  private @Nullable Ending ending;
  private @Nullable Held held;
  private @Nullable Future<?> timer;

  Poll(Seats seats, Seat seat, long seq, boolean seated) {
    this.seats = seats;
    this.seat = seat;
    this.seq = seq;
    this.seated = seated;
  }

  /** Whether its heartbeat is held without being applied: there was nothing to say. */
  public boolean isSeated() {
    return seated;
  }

  public Seat seat() {
    return seat;
  }

  long seq() {
    return seq;
  }

  /**
   * Its heartbeat was applied.
   *
   * @param at a monotonic instant before that
   * @param leaseMs what the worker was promised
   * @param settles whether the worker's next idle heartbeat needs not be, until a hint comes
   */
  public void heard(long at, long leaseMs, boolean settles) {
    synchronized (seat) {
      seat.noted(at);
      if (ending == null) {
        seat.heard(seq, leaseMs, settles);
      }
    }
  }

  /** Holds the answer, for so long at most. */
  public void hold(Held answer, Duration longest) {
    synchronized (seat) {
      held = answer;
      state = State.WAITING;
      timer = seats.after(longest, () -> end(Ending.TIME));
    }
    step();
  }

  /**
   * Its answer is not held.
   *
   * @param nothingNew whether the worker has nothing to do; if not, it has now, or was refused
   */
  public void leave(boolean nothingNew) {
    synchronized (seat) {
      if (state == State.APPLYING) {
        over(nothingNew);
      }
    }
  }

  void end(Ending why) {
    synchronized (seat) {
      if (ending != Ending.SUPERSEDED) {
        ending = why;
      }
    }
    step();
  }

  /** Does what comes next, if anything does. */
  void step() {
    Held answer;
    Ending why;
    synchronized (seat) {
      why = ending;
      if (why != null && (state == State.WAITING || isOvertaken())) {
        over(state == State.WAITING); // nobody hears any more what a look finds
      } else if (why == null && state == State.WAITING && seat.takeMark()) {
        state = State.LOOKING;
      } else {
        return;
      }
      answer = Objects.requireNonNull(held);
    }
    if (why != null) {
      answer.end(why);
    } else {
      var _ = answer.look().thenAccept(this::looked);
    }
  }

  private boolean isOvertaken() {
    return state == State.LOOKING && ending == Ending.SUPERSEDED;
  }

  private void looked(Optional<Runnable> word) {
    synchronized (seat) {
      if (state != State.LOOKING) {
        return;
      }
      if (word.isEmpty()) {
        state = State.WAITING;
      } else {
        over(false);
      }
    }
    word.ifPresentOrElse(Runnable::run, this::step);
  }

  private void over(boolean nothingNew) {
    state = State.OVER;
    if (timer != null) {
      timer.cancel(false);
    }
    seats.release();
    seat.left(this, nothingNew);
  }
}
