package io.junction.api.pulse;

import io.junction.api.ApiProperties;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Renews, as long as this copy can hear workers, the sign in the database that says so.
 *
 * <p>Invariant (I7): silence is held against a worker only from the time since when this sign has
 * been renewed without a gap. So it must not beat while heartbeats do not get through: it starts
 * when the web server takes requests, runs in this process, needs the database, and pauses while a
 * batch of heartbeats is stuck.
 */
@Component
class Pulse implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Pulse.class);

  /** Often enough that a gap is found long before it could be taken for a worker's silence. */
  private static final int PULSES_PER_SILENCE = 6;

  private final PulseStatements statements;
  private final Hearing hearing;
  private final Duration interval;
  private final Duration gap;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("pulse").factory());
  private boolean failing;

  Pulse(PulseStatements statements, Hearing hearing, ApiProperties properties) {
    this.statements = statements;
    this.hearing = hearing;
    this.interval = properties.worker().silence().dividedBy(PULSES_PER_SILENCE);
    this.gap = interval.multipliedBy(5).dividedBy(2);
  }

  /** Begins to beat: from here on workers can be heard. */
  @EventListener(ApplicationReadyEvent.class)
  void start() {
    var _ =
        thread.scheduleWithFixedDelay(this::beat, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void beat() {
    if (hearing.busyFor().compareTo(interval) > 0) {
      return;
    }
    try {
      statements.pulse(gap);
      failing = false;
    } catch (RuntimeException e) {
      if (!failing) {
        log.warn("no pulse, so no worker's silence counts: {}", e.getMessage());
      }
      failing = true;
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
