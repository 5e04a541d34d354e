package io.junction.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Runs several things at the same time: all wait behind one latch until the last thread is there.
 *
 * <p>Failure: what a task throws is thrown here, once all have ended; the others' exceptions are
 * suppressed in it. All together may take 30 seconds, unless the caller says otherwise.
 */
public final class Concurrently {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Concurrently() {}

  /** The results in the order of the tasks. */
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public static <T extends @Nullable Object> List<T> run(Callable<? extends T>... tasks) {
    return run(List.of(tasks));
  }

  /** The same task in several threads. */
  public static <T extends @Nullable Object> List<T> run(int times, Callable<? extends T> task) {
    return run(Collections.nCopies(times, task));
  }

  /** The results in the order of the tasks. */
  public static <T extends @Nullable Object> List<T> run(
      List<? extends Callable<? extends T>> tasks) {
    return run(PATIENCE, tasks);
  }

  /** The results in the order of the tasks, which all together may take so long. */
  public static <T extends @Nullable Object> List<T> run(
      Duration patience, List<? extends Callable<? extends T>> tasks) {
    var ready = new CountDownLatch(tasks.size());
    var go = new CountDownLatch(1);
    var threads = Executors.newVirtualThreadPerTaskExecutor();
    try {
      var futures = new ArrayList<Future<? extends T>>();
      for (var task : tasks) {
        futures.add(
            threads.submit(
                () -> {
                  ready.countDown();
                  go.await();
                  return task.call();
                }));
      }
      if (!ready.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("not all of " + tasks.size() + " threads came to the start");
      }
      go.countDown();
      return results(futures, System.nanoTime() + patience.toNanos());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", interrupted);
    } finally {
      threads.shutdownNow();
    }
  }

  private static <T extends @Nullable Object> List<T> results(
      List<Future<? extends T>> futures, long deadline) throws InterruptedException {
    var results = new ArrayList<T>();
    Throwable failure = null;
    for (var future : futures) {
      try {
        results.add(future.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS));
      } catch (ExecutionException thrown) {
        failure = joined(failure, thrown.getCause() == null ? thrown : thrown.getCause());
      } catch (TimeoutException late) {
        failure = joined(failure, new AssertionError("a task runs for too long", late));
      }
    }
    return switch (failure) {
      case null -> results;
      case RuntimeException exception -> throw exception;
      case Error error -> throw error;
      default -> throw new AssertionError(failure.toString(), failure);
    };
  }

  private static Throwable joined(@Nullable Throwable first, Throwable next) {
    if (first == null) {
      return next;
    }
    if (!first.equals(next)) {
      first.addSuppressed(next);
    }
    return first;
  }
}
