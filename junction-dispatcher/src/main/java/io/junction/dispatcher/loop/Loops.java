package io.junction.dispatcher.loop;

import io.junction.common.hint.Hint;
import io.junction.common.hint.HintListener;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * All loops of this process and the ear that wakes them.
 *
 * <p>Failure: a stop waits for the rounds in progress as long as their transactions may last; what
 * does not end in that time loses its connection with the pool and is rolled back.
 */
@Component
class Loops implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(Loops.class);
  private static final Duration PATIENCE = Duration.ofMillis(4_500);

  private final List<Work> works;
  private final JdbcConnectionDetails server;
  private final MeterRegistry meters;
  private List<Loop> loops = List.of();
  private volatile @Nullable HintListener listener;

  Loops(List<Work> works, JdbcConnectionDetails server, MeterRegistry meters) {
    this.works = List.copyOf(works);
    this.server = server;
    this.meters = meters;
  }

  @Override
  public synchronized void start() {
    if (isRunning()) {
      return;
    }
    var started = works.stream().map(work -> new Loop(work, this::hearsHints, meters)).toList();
    loops = started;
    started.forEach(Loop::start);
    var ear = HintListener.forQueues(server, hint -> hear(started, hint));
    listener = ear;
    ear.start();
  }

  private boolean hearsHints() {
    var ear = listener;
    return ear != null && ear.isConnected();
  }

  private static void hear(List<Loop> loops, Hint hint) {
    loops.forEach(loop -> loop.hear(hint));
  }

  @Override
  public synchronized void stop() {
    var ear = listener;
    if (ear != null) {
      ear.stop();
      listener = null;
    }
    loops.forEach(Loop::stop);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try {
      for (var loop : loops) {
        if (!loop.awaitEnd(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())))) {
          log.warn("a round did not end within {} ms; it is rolled back", PATIENCE.toMillis());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    loops = List.of();
  }

  @Override
  public synchronized boolean isRunning() {
    return !loops.isEmpty();
  }
}
