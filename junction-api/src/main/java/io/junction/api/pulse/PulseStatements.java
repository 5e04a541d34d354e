package io.junction.api.pulse;

import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Renews the one row of {@code listening}. */
@Component
class PulseStatements {

  /** Whoever finds the row overdue was preceded by a gap, and starts a new period. */
  private static final String PULSE =
      """
      UPDATE listening SET
        since = CASE WHEN due < clock_timestamp() THEN clock_timestamp() ELSE since END,
        due = greatest(due, clock_timestamp() + :gapMs * interval '1 ms')
      """;

  private final JdbcClient jdbc;

  PulseStatements(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * @param gap after which Junction counts as deaf unless it is renewed
   */
  void pulse(Duration gap) {
    jdbc.sql(PULSE).param("gapMs", gap.toMillis()).update();
  }
}
