package io.junction.dispatcher.observe;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The figures of all queues by one statement whose cost has a limit. */
@Component
class ObserveStatements {

  /**
   * At most 1,000 queues, 100,000 jobs counted per queue and about a million in all, 100 priorities
   * looked through for the oldest job. The queues are those with a row (every queue that ever had a
   * worker) and those with a line, found by jumping from name to name.
   */
  static final String FIGURES =
      """
      WITH RECURSIVE line AS (
        (SELECT queue FROM jobs WHERE in_line
         ORDER BY queue LIMIT 1)
        UNION ALL
        SELECT (SELECT j.queue FROM jobs j
                WHERE j.in_line AND j.queue > line.queue
                ORDER BY j.queue LIMIT 1)
        FROM line WHERE line.queue IS NOT NULL
      ), named AS MATERIALIZED (
        (SELECT queue FROM line WHERE queue IS NOT NULL LIMIT 1000)
        UNION
        (SELECT name FROM queues ORDER BY name LIMIT 1000)
        LIMIT 1000
      ), most AS (
        SELECT least(100000, greatest(1000, 1000000 / greatest(count(*), 1))) AS counted FROM named
      )
      SELECT named.queue, depth.depth, coalesce(oldest.age, 0) AS age,
             total.busy AS assignments,
             CASE WHEN q.paused_at IS NOT NULL THEN 0
                  ELSE greatest(0, least(
                    slots.free, coalesce(q.capacity, 1000000000) - total.busy))
             END AS free
      FROM named
      CROSS JOIN most
      CROSS JOIN LATERAL (
        SELECT count(*) AS depth FROM (
          SELECT FROM jobs j
          WHERE j.queue = named.queue AND j.in_line
          LIMIT most.counted) AS waiting) AS depth
      CROSS JOIN LATERAL (
        WITH RECURSIVE level AS (
          (SELECT -j.priority AS rank, j.queued_at FROM jobs j
           WHERE j.queue = named.queue AND j.in_line
           ORDER BY -j.priority, j.queued_at, j.id LIMIT 1)
          UNION ALL
          SELECT below.rank, below.queued_at
          FROM level CROSS JOIN LATERAL (
            SELECT -j.priority AS rank, j.queued_at FROM jobs j
            WHERE j.queue = named.queue AND j.in_line
              AND -j.priority > level.rank
            ORDER BY -j.priority, j.queued_at, j.id LIMIT 1) AS below
        )
        SELECT extract(epoch FROM now() - min(queued_at)) AS age
        FROM (SELECT queued_at FROM level LIMIT 100) AS front) AS oldest
      CROSS JOIN LATERAL (
        SELECT count(*) AS busy FROM assignments a
        WHERE a.queue = named.queue AND a.ended_at IS NULL) AS total
      CROSS JOIN LATERAL (
        SELECT coalesce(sum(greatest(coalesce(w.max_job_count, 10000) - (
            SELECT count(*) FROM assignments a
            WHERE a.queue = w.queue AND a.worker_id = w.id AND a.ended_at IS NULL), 0)), 0) AS free
        FROM workers w
        WHERE w.queue = named.queue AND w.retired_at IS NULL AND w.lost_at IS NULL
          AND w.draining_at IS NULL
          AND (SELECT h.last_heartbeat FROM worker_heartbeats h WHERE h.worker_id = w.id
               ORDER BY h.chapter DESC LIMIT 1)
            > now() - w.lease_ms * interval '1 ms') AS slots
      LEFT JOIN queues q ON q.name = ANY (ARRAY[named.queue])
      """;

  private final JdbcClient jdbc;

  ObserveStatements(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  List<QueueFigures> figures() {
    return jdbc.sql(FIGURES)
        .query(
            (row, n) ->
                new QueueFigures(
                    row.getString("queue"),
                    row.getInt("depth"),
                    row.getDouble("age"),
                    row.getLong("free"),
                    row.getLong("assignments")))
        .list();
  }
}
