package io.junction.dispatcher.notify.deliver;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** How long a delivery waits for its next attempt. */
final class BackOff {

  static final Duration SHORTEST = Duration.ofSeconds(5);
  static final Duration LONGEST = Duration.ofHours(1);
  private static final int MOST_DOUBLINGS = 20;

  private BackOff() {}

  /**
   * Doubling from 5 s to 1 h, half of it by chance so that what failed together does not come back
   * together; never sooner than the target has asked for.
   *
   * @param attempt the one that failed, from 1
   */
  static Duration after(int attempt, @Nullable Duration asked) {
    int doublings = Math.min(Math.max(attempt, 1) - 1, MOST_DOUBLINGS);
    long longest = Math.min(LONGEST.toMillis(), SHORTEST.toMillis() << doublings);
    long wait = ThreadLocalRandom.current().nextLong(longest / 2, longest + 1);
    return Duration.ofMillis(asked == null ? wait : Math.max(wait, asked.toMillis()));
  }
}
