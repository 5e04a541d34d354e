package io.junction.common.queue;

import java.util.Collection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The lock under which a queue's promises are kept.
 *
 * <p>Concurrency: whoever places into a queue, or takes a worker or capacity away from it, holds
 * its lock until commit. It is always the first lock of a transaction; the whole order is advisory
 * lock, {@code worker_heartbeats}, {@code workers}, {@code jobs}, {@code assignments}.
 */
@Repository
public class QueueStatements {

  private static final String LOCK =
      """
      SELECT count(pg_advisory_xact_lock(key))
      FROM (SELECT DISTINCT hashtextextended('junction.queue:' || name, 0) AS key
            FROM unnest(:names::text[]) AS name ORDER BY key) AS keys
      """;

  private final JdbcClient jdbc;

  QueueStatements(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Waits until this transaction alone may change what is placed in these queues. */
  public void lock(Collection<String> names) {
    jdbc.sql(LOCK).param("names", names.toArray(String[]::new)).query(Long.class).single();
  }
}
