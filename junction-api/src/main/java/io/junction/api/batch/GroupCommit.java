package io.junction.api.batch;

import io.junction.api.problem.Constraints;
import io.junction.api.problem.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * Requests of one kind that share transactions: those that arrive while one is under way go into
 * the next together. A lone request waits for nobody; in a crowd a batch lingers for a moment,
 * since fewer, larger ones cost less and so answer more.
 *
 * <p>Concurrency: one thread applies the batches, in the order of arrival. Failure: a batch that
 * fails is applied again one by one, so that a bad request harms nobody else; when the database is
 * away all of them fail at once, since waiting in line for it would help nobody.
 *
 * @param <T> a request, validated as far as it can be without the database
 * @param <R> its answer
 */
public final class GroupCommit<T, R> implements AutoCloseable {

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(25);

  /** So many requests in a batch are a crowd. */
  private static final int CROWD = 4;

  private final Function<List<T>, List<R>> apply;
  private final BlockingQueue<Waiting<T, R>> line;
  private final int maxBatch;
  private final Runnable linger;
  private volatile boolean closed;
  private volatile long busySince;

  /**
   * @param apply applies a batch in one transaction and answers in the order of the requests
   */
  public GroupCommit(String name, Batching batching, Function<List<T>, List<R>> apply) {
    this(name, batching, apply, () -> LockSupport.parkNanos(batching.linger().toNanos()));
  }

  /** The same, with something else to do than to wait while it lingers. */
  GroupCommit(String name, Batching batching, Function<List<T>, List<R>> apply, Runnable linger) {
    this.apply = apply;
    this.maxBatch = batching.maxBatch();
    this.line = new ArrayBlockingQueue<>(batching.maxWaiting());
    this.linger = linger;
    Thread.ofPlatform().daemon().name("commit-" + name).start(this::run);
  }

  /** Waits for the transaction that this request goes into, and answers from it. */
  public R submit(T request) {
    try {
      return standInLine(request).get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (TimeoutException e) {
      throw noAnswer();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Refusal.unavailable("Junction is stopping");
    }
  }

  /**
   * The same, without a thread that waits. What follows the answer runs on the thread that applies
   * the batches, so it must be short.
   */
  public CompletableFuture<R> submitAsync(T request) {
    return standInLine(request)
        .orTimeout(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionallyCompose(
            e -> CompletableFuture.failedFuture(e instanceof TimeoutException ? noAnswer() : e));
  }

  private CompletableFuture<R> standInLine(T request) {
    var waiting = new Waiting<T, R>(request, new CompletableFuture<>());
    return !closed && line.offer(waiting)
        ? waiting.answer
        : CompletableFuture.failedFuture(
            Refusal.unavailable(closed ? "Junction is stopping" : "too many requests are waiting"));
  }

  private static Refusal noAnswer() {
    return Refusal.unavailable(
        "the database has not answered within " + LONGEST_WAIT.toSeconds() + " s");
  }

  /** How long the batch under way has taken so far; zero when there is none. */
  public Duration busyFor() {
    long since = busySince;
    return since == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - since);
  }

  private void run() {
    var batch = new ArrayList<Waiting<T, R>>();
    boolean crowd = false;
    while (!closed || !line.isEmpty()) {
      try {
        var first = line.poll(1, TimeUnit.SECONDS);
        if (first == null) {
          continue;
        }
        batch.add(first);
        if (crowd) {
          linger.run();
        }
        line.drainTo(batch, maxBatch - 1);
        crowd = batch.size() >= CROWD;
        busySince = System.nanoTime();
        answer(batch);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } finally {
        busySince = 0;
        batch.clear();
      }
    }
  }

  private void answer(List<Waiting<T, R>> batch) {
    try {
      var answers = apply.apply(batch.stream().map(waiting -> waiting.request).toList());
      for (int i = 0; i < batch.size(); i++) {
        batch.get(i).answer.complete(answers.get(i));
      }
    } catch (RuntimeException e) {
      if (batch.size() == 1 || Constraints.isOutage(e)) {
        batch.forEach(waiting -> waiting.answer.completeExceptionally(e));
      } else {
        batch.forEach(waiting -> answer(List.of(waiting)));
      }
    }
  }

  @Override
  public void close() {
    closed = true;
  }

  private record Waiting<T, R>(T request, CompletableFuture<R> answer) {}
}
