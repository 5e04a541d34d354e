package io.junction.dispatcher.notify.deliver;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** How long a delivery waits for its next attempt. */
final class BackOff {

  static final Duration SHORTEST = Duration.ofSeconds(5);
  static final Duration LONGEST = Duration.ofHours(1);
  static final Duration MOST_ASKED = Duration.ofHours(24);
  private static final int MOST_DOUBLINGS = 20;

  private BackOff() {}

  /**
   * Doubling from 5 s to 1 h, half of it by chance so that what failed together does not come back
   * together; never sooner than the target has asked for, if that is within a day.
   *
   * @param attempt the one that failed, from 1
   */
  static Duration after(int attempt, @Nullable Duration asked) {
    int doublings = Math.min(Math.max(attempt, 1) - 1, MOST_DOUBLINGS);
    long longest = Math.min(LONGEST.toMillis(), SHORTEST.toMillis() << doublings);
    long wait = ThreadLocalRandom.current().nextLong(longest / 2, longest + 1);
    if (asked == null) {
      return Duration.ofMillis(wait);
    }
    var bounded = asked.compareTo(MOST_ASKED) < 0 ? asked : MOST_ASKED;
    return Duration.ofMillis(Math.max(wait, bounded.toMillis()));
  }
}
