package io.junction.dispatcher.loop;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What a loop waits for: a hint, its next poll, or the end.
 *
 * <p>Concurrency: what is said during a round is kept until the next one begins.
 */
final class Signal {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition said = lock.newCondition();
  private boolean hinted;
  private boolean pollWanted = true;
  private boolean stopped;
  private long nextPoll;

  /** Waits for the next round's reason; null when there is to be none. */
  @Nullable Wake await() throws InterruptedException {
    lock.lock();
    try {
      while (!stopped) {
        long left = nextPoll - System.nanoTime();
        if (pollWanted || left <= 0) {
          pollWanted = false;
          hinted = false;
          return Wake.POLL;
        }
        if (hinted) {
          hinted = false;
          return Wake.HINT;
        }
        said.awaitNanos(left);
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  /** Waits, deaf to hints, so that they do not cut a back-off short. */
  void pause(Duration pause) throws InterruptedException {
    lock.lock();
    try {
      long left = pause.toNanos();
      while (!stopped && left > 0) {
        left = said.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  void hint() {
    say(() -> hinted = true);
  }

  void poll() {
    say(() -> pollWanted = true);
  }

  void stop() {
    say(() -> stopped = true);
  }

  /** The next poll comes after this time. */
  void pollAfter(Duration wait) {
    say(() -> nextPoll = System.nanoTime() + wait.toNanos());
  }

  /** The next poll comes after this time, unless it comes sooner anyway. */
  void pollWithin(Duration wait) {
    long at = System.nanoTime() + wait.toNanos();
    say(() -> nextPoll = nextPoll - at < 0 ? nextPoll : at);
  }

  boolean isStopped() {
    lock.lock();
    try {
      return stopped;
    } finally {
      lock.unlock();
    }
  }

  private void say(Runnable what) {
    lock.lock();
    try {
      what.run();
      said.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
