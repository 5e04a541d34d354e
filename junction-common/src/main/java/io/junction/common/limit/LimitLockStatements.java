package io.junction.common.limit;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The limits' lock: whoever lets jobs into their queues, or changes a limit, holds it until his
 * transaction ends. It is the first lock that a transaction takes.
 */
@Component
public class LimitLockStatements {

  private static final String LOCK =
      "SELECT pg_advisory_xact_lock(hashtextextended('junction.limits', 0)) IS NULL";

  private final JdbcClient jdbc;

  LimitLockStatements(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Waits for it. */
  public void lock() {
    jdbc.sql(LOCK).query((row, n) -> true).single();
  }
}
