package io.junction.bench.load;

import io.junction.bench.house.Refusal;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Many that do the same at once, each on a virtual thread of its own.
 *
 * <p>Failure: the first one ends the wait for all; nobody waits for what cannot come any more.
 */
public final class Crowd implements AutoCloseable {

  private static final long LOOK_NANOS = 50_000_000;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final Phaser present = new Phaser(1);

  /** What one of them does; what it throws ends the bench. */
  @FunctionalInterface
  public interface Member {
    void act() throws Exception;
  }

  public void add(Member member) {
    present.register();
    threads.execute(
        () -> {
          try {
            member.act();
          } catch (Exception e) {
            failure.compareAndSet(null, e);
          } finally {
            present.arriveAndDeregister();
          }
        });
  }

  /** Waits until all have done. */
  public void await() throws InterruptedException {
    var done = new CountDownLatch(1);
    Thread.startVirtualThread(
        () -> {
          present.arriveAndAwaitAdvance();
          done.countDown();
        });
    await(done);
  }

  /** Waits until the goal is reached, whoever is still at it. */
  public void await(CountDownLatch goal) throws InterruptedException {
    while (!goal.await(LOOK_NANOS, TimeUnit.NANOSECONDS)) {
      check();
    }
    check();
  }

  /** Waits for that long. */
  public void await(java.time.Duration time) throws InterruptedException {
    long deadline = System.nanoTime() + time.toNanos();
    var never = new CountDownLatch(1);
    for (long left = time.toNanos(); left > 0; left = deadline - System.nanoTime()) {
      boolean _ = never.await(Math.min(left, LOOK_NANOS), TimeUnit.NANOSECONDS);
      check();
    }
  }

  private void check() {
    var cause = failure.get();
    if (cause != null) {
      throw new Refusal("The load failed: " + cause, cause);
    }
  }

  /** Leaves those that are still at it. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
