package io.junction.worker.agent;

import io.junction.worker.client.Heartbeat;
import io.junction.worker.client.HeartbeatAnswer;
import io.junction.worker.client.Registered;
import io.junction.worker.client.Reply;
import io.junction.worker.client.Update;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * When the next heartbeat goes out, and whose answer counts.
 *
 * <p>Invariant: only the answer to the newest heartbeat is used. There is one on its way at most,
 * with one exception: an idle one may be parked at the server when something comes up, and then a
 * newer one goes out at once.
 *
 * <pre>
 * beat 8 []            parked
 *        A ends
 * beat 9 finish A      sent while 8 is parked; the answer of 8 is not used from now on:
 *                      what it would tell, 9 tells too: each is the whole list
 *        answer of 8   it may hold a new assignment B, which is not begun
 *        answer of 9   it holds B with its job, because 9 did not list it
 * </pre>
 *
 * <p>A heartbeat with updates is answered at once and never overtaken; what comes up meanwhile
 * travels together in the next.
 */
final class Pulse {

  /** A heartbeat on its way. {@code sentAt} is on the clock of {@link System#nanoTime}. */
  record Beat(Heartbeat heartbeat, long sentAt, CompletableFuture<Reply<HeartbeatAnswer>> reply) {

    /** Whether it may be parked at the server, so that a newer one need not wait for its answer. */
    boolean parked() {
      return heartbeat.waitMs() > 0;
    }

    void abandon() {
      reply.cancel(true);
    }
  }

  private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(20);

  private final Station station;
  private final Registered registered;
  private final Backoff backoff;
  private long leaseEnd;
  private long intervalMs;
  private long seq;
  private long used;
  private @Nullable Beat newest;
  private @Nullable Beat overtaken;
  private boolean toldDraining;
  private long notBefore = System.nanoTime();
  private long idleDue = notBefore;
  private int earlyReturns;

  Pulse(Station station, Registered registered, long sentAt) {
    this.station = station;
    this.registered = registered;
    this.backoff = new Backoff(station.options().urls().size());
    this.leaseEnd = sentAt + TimeUnit.MILLISECONDS.toNanos(registered.leaseMs());
    this.intervalMs = registered.heartbeatIntervalMs();
  }

  /** Nanoseconds until a heartbeat is due; not positive when it is. */
  long nanosLeft(long now, boolean updates) {
    boolean news = updates || station.drain().asked() != toldDraining;
    if (newest != null) {
      return news && newest.parked() ? 0 : Long.MAX_VALUE;
    }
    return Math.max(notBefore, news ? notBefore : idleDue) - now;
  }

  void send(List<UUID> listed, List<Update> updates) {
    if (overtaken != null) {
      overtaken.abandon();
    }
    overtaken = newest;
    toldDraining = station.drain().asked();
    long leaseMs = registered.leaseMs();
    long waitMs = updates.isEmpty() ? Math.min(busyWaitMs(), leaseMs / 3) : 0;
    // One address that swallows requests must leave time for another before the lease is over.
    long patienceMs = Math.max(1, (leaseMs - waitMs) / 3);
    if (listed.isEmpty() && updates.isEmpty() && !toldDraining) {
      waitMs = registered.maxIdleWaitMs(); // nothing runs that the end of the lease would stop
    }
    long timeoutMs = waitMs + patienceMs;
    var heartbeat = new Heartbeat(++seq, listed, updates, toldDraining, waitMs);
    long sentAt = System.nanoTime();
    var reply = station.client().heartbeat(registered, heartbeat, Duration.ofMillis(timeoutMs));
    var beat = new Beat(heartbeat, sentAt, reply);
    newest = beat;
    var _ =
        reply.whenComplete(
            (answer, canceled) -> {
              if (answer != null) {
                station.mailbox().put(new Event.Replied(beat, answer));
              }
            });
  }

  private long busyWaitMs() {
    return Math.min(intervalMs, registered.maxWaitMs());
  }

  /** Whether the reply to this one counts; if so it is over, and the next may go. */
  boolean over(Beat beat) {
    if (!beat.equals(newest)) {
      return false;
    }
    newest = null;
    if (overtaken != null) {
      overtaken.abandon(); // the server has ended its wait long since, if it ever got it
      overtaken = null;
    }
    return true;
  }

  /**
   * For how long Junction surely still counts on this worker: from the moment the last answered
   * heartbeat was <em>sent</em>, for Junction cannot have heard it any earlier.
   */
  long leaseEnd() {
    return leaseEnd;
  }

  boolean leaseIsOver(long now) {
    return now - leaseEnd >= 0;
  }

  void renewLease(Beat answered, HeartbeatAnswer answer) {
    leaseEnd = answered.sentAt() + TimeUnit.MILLISECONDS.toNanos(answer.leaseMs());
  }

  /** An answer below one that was used already is not to be used. */
  boolean isOld(HeartbeatAnswer answer) {
    return answer.seq() < used;
  }

  /** The newest was answered; {@code eventful} is whether that changed anything here. */
  void answered(Beat beat, HeartbeatAnswer answer, boolean eventful) {
    used = answer.seq();
    intervalMs = answer.heartbeatIntervalMs() > 0 ? answer.heartbeatIntervalMs() : intervalMs;
    backoff.succeeded();
    long now = System.nanoTime();
    // A server may hold idle ones no longer than others, and is in no hurry then either.
    long waited = TimeUnit.MILLISECONDS.toNanos(Math.min(beat.heartbeat().waitMs(), busyWaitMs()));
    boolean due =
        eventful
            || !beat.heartbeat().updates().isEmpty()
            || (waited > 0 && now - beat.sentAt() >= waited * 3 / 4);
    earlyReturns = due ? 0 : Math.min(earlyReturns + 1, 20);
    // A server that does not hold the idle ones must not be asked without a pause.
    long pause = Math.min(TimeUnit.MILLISECONDS.toNanos(intervalMs), FIRST_PAUSE << earlyReturns);
    idleDue = due ? now : now + pause;
    notBefore = now;
  }

  /** Returns whether it is more than a passing failure. */
  boolean failed(Duration retryAfter) {
    Duration limit = Duration.ofMillis(Math.max(1, Math.min(intervalMs, registered.leaseMs() / 4)));
    long pause = backoff.failed(limit);
    if (backoff.lasting() && retryAfter.compareTo(limit) < 0) {
      pause = Math.max(pause, retryAfter.toNanos());
    }
    notBefore = System.nanoTime() + pause;
    idleDue = notBefore;
    return backoff.lasting();
  }

  /** The server has seen a higher number; go on above it. */
  void jumpAbove(long lastSeq) {
    seq = Math.max(seq, lastSeq);
  }

  void stop() {
    if (newest != null) {
      newest.abandon();
    }
    if (overtaken != null) {
      overtaken.abandon();
    }
  }
}
