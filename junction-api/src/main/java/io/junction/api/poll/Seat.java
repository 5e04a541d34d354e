package io.junction.api.poll;

import io.junction.api.poll.Held.Ending;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What this copy remembers of one worker that polls it.
 *
 * <p>Invariant: while it is <em>settled</em>, the last heartbeat that was taken here was idle,
 * there was nothing to say to it, and every hint since then has left its mark.
 *
 * <p>Concurrency: its own lock guards it and its poll. Time: instants are those of {@link
 * System#nanoTime}.
 */
public final class Seat {

  private final Seats seats;
  private final UUID worker;
  private long seq;
  private long notedAt;
  private long leftAt;
  private long leaseMs;
  private boolean settled;
  private boolean marked;
  private boolean unnoted;
  private boolean gone;
  private @Nullable Poll poll;

  Seat(Seats seats, UUID worker) {
    this.seats = seats;
    this.worker = worker;
  }

  UUID worker() {
    return worker;
  }

  /** A sign of life of this worker is in the database, not older than this instant. */
  public synchronized void noted(long at) {
    if (notedAt == 0 || at - notedAt > 0) {
      notedAt = at;
    }
  }

  /** How fresh the worker's sign of life in the database is. */
  public synchronized long notedAt() {
    return notedAt;
  }

  /** What the worker was promised. */
  public synchronized long leaseMs() {
    return leaseMs;
  }

  synchronized long seq() {
    return seq;
  }

  /** The highest number that was taken here, or is about to be. */
  synchronized long newest() {
    return poll == null ? seq : Math.max(seq, poll.seq());
  }

  synchronized @Nullable Poll poll() {
    return poll;
  }

  synchronized boolean isGone() {
    return gone;
  }

  /** Lets a poll sit down: without a word to the database when nothing can have changed. */
  synchronized Poll enter(long newer, boolean idle) {
    boolean seated = idle && settled && !marked;
    if (seated) {
      seq = newer;
      unnoted = true;
    } else {
      settled = false;
      marked = false;
    }
    poll = new Poll(seats, this, newer, seated);
    return poll;
  }

  synchronized void heard(long newer, long lease, boolean settles) {
    seq = newer;
    leaseMs = lease;
    settled = settles;
    unnoted = false;
  }

  /** What is remembered holds no longer. */
  synchronized void unsettle() {
    settled = false;
    if (poll == null) {
      forget();
    }
  }

  /** Something may have changed for this worker. */
  void mark() {
    Poll waiting;
    synchronized (this) {
      marked = true;
      waiting = poll;
    }
    if (waiting != null) {
      waiting.step();
    }
  }

  /** Whether there was a mark; it is gone now, because somebody looks. */
  synchronized boolean takeMark() {
    boolean was = marked;
    marked = false;
    return was;
  }

  synchronized void left(Poll over, boolean nothingNew) {
    if (poll != over) {
      return;
    }
    poll = null;
    leftAt = System.nanoTime();
    settled &= nothingNew;
    if (!settled || seats.areTooMany()) {
      forget();
    }
  }

  /** Whether the roll call has to note it: it sits here, or did since the last one. */
  synchronized boolean isPresent() {
    return settled && (poll != null || unnoted);
  }

  synchronized void noted(long upTo, long at) {
    noted(at);
    unnoted &= seq != upTo;
  }

  synchronized void forgetIfAwaySince(long instant) {
    if (poll == null && leftAt - instant < 0) {
      forget();
    }
  }

  /** Sends who sits here the ordinary way. */
  void dismiss() {
    Poll sitting;
    synchronized (this) {
      if (!settled) {
        return;
      }
      unsettle();
      sitting = poll;
    }
    if (sitting != null) {
      sitting.end(Ending.TIME);
    }
  }

  private void forget() {
    gone = true;
    seats.remove(worker, this);
  }
}
