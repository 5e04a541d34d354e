package io.junction.common.hint;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.SmartLifecycle;

/**
 * Hears hints on a connection of its own and passes each to its consumer, in order.
 *
 * <p>Failure: without the connection everything still works, by polls. It comes back with a
 * jittered back-off and then says {@link Hint.Unknown}, because hints may have been missed. Behind
 * a pooler that shares connections between transactions it needs the server's own address.
 */
public final class HintListener implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(HintListener.class);
  private static final Duration WAIT = Duration.ofSeconds(1);
  private static final int WAITS_PER_CHECK = 10;
  private static final long LONGEST_BACK_OFF_MS = 5_000;

  private final JdbcConnectionDetails server;
  private final Consumer<Hint> consumer;
  private final List<String> channels;
  private final CountDownLatch stop = new CountDownLatch(1);
  private volatile boolean running;
  private volatile boolean connected;
  private final Thread thread;

  private HintListener(
      JdbcConnectionDetails server, Consumer<Hint> consumer, List<String> channels) {
    this.server = server;
    this.consumer = consumer;
    this.channels = channels;
    this.thread = Thread.ofPlatform().name("hints").daemon().unstarted(this::listen);
  }

  /** Hears what concerns the dispatcher. */
  public static HintListener forQueues(JdbcConnectionDetails server, Consumer<Hint> consumer) {
    return new HintListener(
        server,
        consumer,
        List.of(
            HintStatements.QUEUE,
            HintStatements.SLOT,
            HintStatements.CREATED,
            HintStatements.UNROUTED,
            HintStatements.LIMIT,
            HintStatements.EVENT,
            HintStatements.DELIVERY));
  }

  /** Hears what concerns workers. */
  public static HintListener forWorkers(JdbcConnectionDetails server, Consumer<Hint> consumer) {
    return new HintListener(server, consumer, List.of(HintStatements.WORKERS));
  }

  /** Whether hints are heard at present. */
  public boolean isConnected() {
    return connected;
  }

  private void listen() {
    int failures = 0;
    while (running) {
      try (var feed =
          new HintStatements.Feed(
              server.getJdbcUrl(), server.getUsername(), server.getPassword(), channels)) {
        if (failures > 0) {
          log.info("hints are heard again");
        }
        failures = 0;
        connected = true;
        consumer.accept(new Hint.Unknown());
        hear(feed);
      } catch (SQLException e) {
        if (running && failures++ == 0) {
          log.warn("hints are not heard, polling goes on: {}", e.getMessage());
        }
      } finally {
        connected = false;
      }
      backOff(failures);
    }
  }

  private void hear(HintStatements.Feed feed) throws SQLException {
    int silentWaits = 0;
    while (running) {
      var heard = feed.next(WAIT);
      heard.forEach(consumer);
      silentWaits = heard.isEmpty() ? silentWaits + 1 : 0;
      if (silentWaits == WAITS_PER_CHECK) {
        feed.check();
        silentWaits = 0;
      }
    }
  }

  private void backOff(int failures) {
    if (!running) {
      return;
    }
    long longest = Math.min(LONGEST_BACK_OFF_MS, 100L << Math.min(failures, 6));
    try {
      stop.await(ThreadLocalRandom.current().nextLong(longest / 2, longest), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      running = false;
    }
  }

  @Override
  public void start() {
    running = true;
    thread.start();
  }

  @Override
  public void stop() {
    running = false;
    stop.countDown();
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
