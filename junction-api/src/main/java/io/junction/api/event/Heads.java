package io.junction.api.event;

import io.junction.api.problem.Refusal;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The position of who has everything, looked up once in a poll for all streams of this copy, and
 * not at all while there is none.
 *
 * <p>Concurrency: one look after the other, so a later head is never replaced by an earlier one.
 *
 * <p>Failure: while the database is away the head stays where it is, and who waits for another
 * waits.
 */
@Component
class Heads implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Heads.class);

  private final EventStatements statements;
  private final ReentrantLock looking = new ReentrantLock();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("events").factory());
  private @Nullable Position head;
  private int listeners;
  private boolean stopped;
  private boolean failing;

  Heads(EventStatements statements, EventProperties properties) {
    this.statements = statements;
    long nanos = properties.poll().toNanos();
    var _ = thread.scheduleWithFixedDelay(this::look, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  /** From now on there is somebody who listens, until he leaves. */
  void listen() {
    count(1);
  }

  void leave() {
    count(-1);
  }

  private void count(int more) {
    lock.lock();
    try {
      listeners += more;
    } finally {
      lock.unlock();
    }
  }

  /** The position of who has everything at this moment; the head has at least that. */
  Position now() {
    looking.lock();
    try {
      var fresh = statements.head();
      if (fresh == null) {
        throw Refusal.unavailable("too many transactions are writing at this moment; ask again");
      }
      advance(fresh);
      return fresh;
    } finally {
      looking.unlock();
    }
  }

  /** The head, as soon as it is another than this one, or after so long; null once it stops. */
  @Nullable Position awaitOtherThan(@Nullable Position known, long nanos)
      throws InterruptedException {
    lock.lock();
    try {
      long left = nanos;
      while (!stopped && left > 0 && (head == null || head.equals(known))) {
        left = changed.awaitNanos(left);
      }
      return stopped ? null : head;
    } finally {
      lock.unlock();
    }
  }

  /** Nobody waits any longer. */
  void stop() {
    lock.lock();
    try {
      stopped = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Once in a poll. */
  void look() {
    if (isUnheard()) {
      return;
    }
    looking.lock();
    try {
      var fresh = statements.head();
      // While too many are open the head waits: a cursor has no room for them.
      if (fresh != null) {
        advance(fresh);
      }
      failing = false;
    } catch (RuntimeException e) {
      if (!failing) {
        log.warn("events are not found for the moment: {}", e.getMessage());
      }
      failing = true;
    } finally {
      looking.unlock();
    }
  }

  private boolean isUnheard() {
    lock.lock();
    try {
      return listeners == 0;
    } finally {
      lock.unlock();
    }
  }

  private void advance(Position fresh) {
    lock.lock();
    try {
      if (head == null || !head.coversAllUpTo(fresh)) {
        head = fresh;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    stop();
    thread.shutdownNow();
  }
}
