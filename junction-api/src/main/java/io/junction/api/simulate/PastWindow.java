package io.junction.api.simulate;

import java.time.Duration;
import java.time.Instant;

/**
 * Of when the jobs are.
 *
 * @param cut whether it begins later than was asked, since there are too many jobs
 */
record PastWindow(Instant from, Instant to, boolean cut) {

  long lengthMs() {
    return Duration.between(from, to).toMillis();
  }
}
