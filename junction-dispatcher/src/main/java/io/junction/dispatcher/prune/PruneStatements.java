package io.junction.dispatcher.prune;

import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Each statement removes a batch, whole or not at all. */
@Component
class PruneStatements {

  /**
   * A restart that came in between wins: it left no finished_at on the row, and the condition is
   * checked anew under the row's lock. Configs go with their jobs, by the foreign key.
   */
  static final String JOBS =
      """
      WITH old AS (
        SELECT id FROM jobs WHERE finished_at < now() - :retention * interval '1 ms'
        ORDER BY finished_at LIMIT :batch
        FOR UPDATE SKIP LOCKED
      ), gone AS (
        DELETE FROM jobs
        WHERE id = ANY (ARRAY(SELECT id FROM old))
          AND state IN ('passed', 'failed', 'errored', 'canceled')
          AND finished_at < now() - :retention * interval '1 ms'
        RETURNING id
      ), history AS (
        DELETE FROM assignments WHERE job_id = ANY (ARRAY(SELECT id FROM gone))
      )
      SELECT count(*) FROM gone
      """;

  static final String WORKERS =
      """
      WITH old AS (
        SELECT w.id
        FROM workers w JOIN worker_heartbeats h ON h.worker_id = ANY (ARRAY[w.id])
        WHERE greatest(w.retired_at, w.lost_at) < now() - :retention * interval '1 ms'
          AND h.last_heartbeat < now() - :retention * interval '1 ms'
          AND (SELECT count(*) FROM assignments a
               WHERE a.queue = w.queue AND a.worker_id = w.id AND a.ended_at IS NULL) = 0
        ORDER BY w.id LIMIT :batch
        FOR UPDATE OF h, w SKIP LOCKED
      ), heartbeats AS (
        DELETE FROM worker_heartbeats WHERE worker_id = ANY (ARRAY(SELECT id FROM old))
      ), gone AS (
        DELETE FROM workers
        WHERE id = ANY (ARRAY(SELECT id FROM old))
          AND (retired_at IS NOT NULL OR lost_at IS NOT NULL)
        RETURNING id
      )
      SELECT count(*) FROM gone
      """;

  /** What is pending stays however old it is; a redelivery that came in between wins. */
  static final String DELIVERIES =
      """
      WITH old AS (
        SELECT id FROM deliveries
        WHERE state <> 'pending' AND created_at < now() - :retention * interval '1 ms'
        ORDER BY created_at LIMIT :batch
        FOR UPDATE SKIP LOCKED
      ), gone AS (
        DELETE FROM deliveries
        WHERE id = ANY (ARRAY(SELECT id FROM old)) AND state <> 'pending'
        RETURNING id
      )
      SELECT count(*) FROM gone
      """;

  private final JdbcClient jdbc;

  PruneStatements(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  int jobs(Duration retention, int batch) {
    return run(JOBS, retention, batch);
  }

  int workers(Duration retention, int batch) {
    return run(WORKERS, retention, batch);
  }

  int deliveries(Duration retention, int batch) {
    return run(DELIVERIES, retention, batch);
  }

  private int run(String statement, Duration retention, int batch) {
    return jdbc.sql(statement)
        .param("retention", retention.toMillis())
        .param("batch", batch)
        .query((row, n) -> row.getInt("count"))
        .single();
  }
}
