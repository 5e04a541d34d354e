package io.junction.system;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.awaitility.core.ConditionFactory;

/** What the cluster's workers are promised, far shorter than in production, and our patience. */
final class Pace {

  static final Duration HEARTBEAT = Duration.ofMillis(300);
  static final Duration MAX_WAIT = Duration.ofMillis(500);
  static final Duration LEASE = Duration.ofSeconds(3);
  static final Duration SILENCE = Duration.ofSeconds(4);

  /** Longer than the silence by enough that a reaper which held it against anyone would have. */
  static final Duration LONGER_THAN_SILENCE = SILENCE.plusMillis(1_500);

  static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Several JVMs that start at once on a machine that is busy already take long. */
  static final Duration PATIENCE_AT_THE_START = Duration.ofMinutes(3);

  private Pace() {}

  /** Waits for something that should be there soon, and may take long on a busy machine. */
  static ConditionFactory awaiting(String what) {
    return await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(25));
  }

  /** Returns when this time has passed on the monotonic clock: its passing is what is tested. */
  static void letPass(Duration time) {
    long start = System.nanoTime();
    awaiting(time + " to pass").until(() -> System.nanoTime() - start >= time.toNanos());
  }
}
