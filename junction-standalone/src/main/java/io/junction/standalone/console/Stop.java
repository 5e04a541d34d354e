package io.junction.standalone.console;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The wish that it end: of the user (Ctrl-C, SIGTERM), or because it has taken too long.
 *
 * <p>Concurrency: asked by any thread, once; whoever waits for anything long waits for this too.
 */
public final class Stop {

  /** Whose wish it is. */
  public enum By {
    USER,
    DEADLINE
  }

  private final CountDownLatch asked = new CountDownLatch(1);
  private final AtomicReference<@Nullable By> by = new AtomicReference<>();

  /** The first one counts. */
  public void ask(By whose) {
    by.compareAndSet(null, whose);
    asked.countDown();
  }

  /** Null as long as nobody asked. */
  public @Nullable By askedBy() {
    return by.get();
  }

  /** Waits for that long; true as soon as it was asked for. */
  public boolean within(Duration time) {
    try {
      return asked.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Waits for it. */
  public void await() {
    try {
      asked.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends a start that is under way. */
  public void check() {
    if (asked.getCount() == 0) {
      throw new Refusal("Stopped before it was ready.");
    }
  }
}
