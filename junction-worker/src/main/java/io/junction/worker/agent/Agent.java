package io.junction.worker.agent;

import io.junction.worker.client.JunctionClient;
import io.junction.worker.executor.Executors;
import io.junction.worker.executor.bash.BashExecutor;
import io.junction.worker.executor.http.HttpExecutor;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker that runs in this JVM, on threads of its own.
 *
 * <pre>
 * try (var worker = Agent.start(WorkerOptions.of(url, token, "builds"))) {
 *   …
 *   worker.drain();
 *   worker.awaitEnd();
 * }
 * </pre>
 *
 * <p>Concurrency: safe for any thread. Failure: starting never fails for lack of a server; it is
 * tried for ever.
 */
public final class Agent implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Agent.class);

  /** The grace of the jobs, and the last words to a Junction that may be away. */
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(30);

  private final Duration drainTimeout;
  private final Mailbox mailbox = new Mailbox();
  private final CompletableFuture<End> end = new CompletableFuture<>();
  private final Thread thread;

  private Agent(WorkerOptions options) {
    this.drainTimeout = options.drainTimeout();
    this.thread =
        Thread.ofPlatform().daemon().name("junction-worker").unstarted(() -> live(options));
  }

  /** Starts a worker: it registers, and runs what it is given. */
  public static Agent start(WorkerOptions options) {
    var agent = new Agent(options);
    agent.thread.start();
    return agent;
  }

  /**
   * Asks it to take no new work, to finish what runs within {@link WorkerOptions#drainTimeout}, to
   * give back the rest, and to retire. Returns at once.
   */
  public void drain() {
    mailbox.put(new Event.DrainAsked(drainTimeout));
  }

  /** Blocks until its life is over. */
  public End awaitEnd() throws InterruptedException {
    try {
      return end.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The same, but not for longer than that. */
  public Optional<End> awaitEnd(Duration longest) throws InterruptedException {
    try {
      return Optional.of(end.get(longest.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Drains without waiting for the jobs: what runs is ended and given back. Returns when that is
   * done, or after 30 s.
   */
  @Override
  public void close() {
    mailbox.put(new Event.DrainAsked(Duration.ZERO));
    try {
      if (awaitEnd(LONGEST_CLOSE).isEmpty()) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }

  private void live(WorkerOptions options) {
    try (var client = new JunctionClient(options.urls());
        var executors = executors(options)) {
      var station = new Station(options, client, executors, mailbox, new Contact(), new Drain());
      end.complete(live(station));
    } catch (InterruptedException e) {
      log.warn("The worker was interrupted");
      end.complete(End.RETIRED);
    } catch (RuntimeException | Error e) {
      log.error("The worker failed, which is a bug", e);
      end.complete(End.FAILED);
    }
  }

  private static End live(Station station) throws InterruptedException {
    while (true) {
      switch (new Registrar(station).register()) {
        case Registrar.Result.Out(End refused) -> {
          return refused;
        }
        case Registrar.Result.In(var registered, long sentAt) -> {
          Optional<End> end = new Session(station, registered, sentAt).run();
          if (end.isPresent()) {
            return end.get();
          }
        }
      }
    }
  }

  private static Executors executors(WorkerOptions options) {
    int limit = options.outputLimit();
    return new Executors(
        Map.of(
            "bash", new BashExecutor(options.workDir(), environment(options.token()), limit),
            "http", new HttpExecutor(limit)));
  }

  /** What jobs inherit: everything but what holds the worker's token. */
  static Map<String, String> environment(String token) {
    var environment = new HashMap<>(System.getenv());
    environment.remove("JUNCTION_WORKER_TOKEN");
    environment.values().removeIf(value -> value.contains(token));
    return environment;
  }
}
