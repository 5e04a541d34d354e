package io.junction.dispatcher.loop;

import io.junction.common.hint.Hint;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/**
 * Runs one kind of work on a thread of its own: found something → again at once; nothing → waits
 * for a hint or the interval, and while all is {@link Quiet} for a longer one; an error → a
 * jittered back-off, then a poll.
 *
 * <p>Failure: nothing that a round throws ends the loop. Each condition is told once, when it
 * begins, and once more when it is over.
 */
final class Loop {

  private final Work work;
  private final BooleanSupplier hintsAreHeard;
  private final Timer timer;
  private final Trouble trouble;
  private final Signal signal = new Signal();
  private final Quiet quiet;
  private final Thread thread;

  Loop(Work work, BooleanSupplier hintsAreHeard, MeterRegistry meters) {
    this.work = work;
    this.hintsAreHeard = hintsAreHeard;
    this.quiet = new Quiet(work.interval(), work.longestQuiet());
    this.timer = meters.timer("junction.rounds", "loop", work.name());
    this.trouble = new Trouble(work.name());
    work.wakeBy(signal::hint);
    this.thread = Thread.ofPlatform().name("loop-" + work.name()).daemon().unstarted(this::go);
  }

  void start() {
    thread.start();
  }

  /** Any hint ends the quiet, also one that this work does not follow: others will make some. */
  void hear(Hint hint) {
    quiet.end();
    if (hint instanceof Hint.Unknown) {
      signal.poll();
    } else if (work.hears(hint)) {
      signal.hint();
    }
  }

  /** Lets the round in progress be the last one; may be called again. */
  void stop() {
    signal.stop();
  }

  /** Whether it has ended, after waiting for that at most this long. */
  boolean awaitEnd(Duration patience) throws InterruptedException {
    if (thread.getState() == Thread.State.NEW) {
      return true;
    }
    return thread.join(patience);
  }

  private void go() {
    try {
      for (var wake = signal.await(); wake != null; wake = signal.await()) {
        if (wake == Wake.POLL && quiet.skipsPoll(hintsAreHeard.getAsBoolean())) {
          signal.pollAfter(work.interval());
        } else {
          runOnce(wake);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  // Errors too: a loop that ended by one would be missed by nobody until jobs stood still.
  @SuppressWarnings("CatchThrowable")
  private void runOnce(Wake wake) throws InterruptedException {
    try {
      var round = Objects.requireNonNull(timer.record(() -> work.run(wake)));
      trouble.over();
      RoundLog.write(work.name(), round);
      quiet.after(wake == Wake.POLL && round.idle());
      planNext(wake, round);
    } catch (Throwable e) {
      quiet.end();
      if (!signal.isStopped()) {
        signal.poll();
        signal.pause(trouble.after(e));
      }
    }
  }

  private void planNext(Wake wake, Round round) {
    if (wake == Wake.POLL) {
      signal.pollAfter(work.interval());
    }
    var sooner = round.nextLook();
    if (sooner != null) {
      signal.pollWithin(sooner);
    }
    if (round.again()) {
      signal.hint();
    }
  }
}
