package io.junction.common.explain;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** A queue, and how many stand before a job in the line that it waits in. */
@Component
class LineStatements {

  /** Live workers are walked once, 10,000 of them at most. */
  static final String QUEUE =
      """
      SELECT q.capacity, q.paused_at IS NOT NULL AS paused,
        CASE WHEN q.capacity IS NULL THEN 0 ELSE (
          SELECT count(*)::int FROM assignments a
          WHERE a.queue = asked.name AND a.ended_at IS NULL) END AS live,
        w.*
      FROM (VALUES (:queue)) AS asked(name)
      LEFT JOIN queues q ON q.name = asked.name
      CROSS JOIN LATERAL (
        SELECT
          (count(*) FILTER (WHERE w.is_alive AND NOT w.drains))::int AS alive,
          (count(*) FILTER (WHERE w.is_alive AND w.drains))::int AS draining,
          (count(*) FILTER (WHERE NOT w.is_alive))::int AS silent,
          coalesce(sum(w.most) FILTER (WHERE w.is_alive AND NOT w.drains), 0) AS slots,
          coalesce(sum(greatest(0, w.most - w.busy))
            FILTER (WHERE w.is_alive AND NOT w.drains), 0) AS free_slots
        FROM (
          SELECT w.draining_at IS NOT NULL AS drains, coalesce(w.max_job_count, 10000) AS most,
            heard.last_heartbeat > now() - w.lease_ms * interval '1 ms' AS is_alive,
            (SELECT count(*) FROM assignments a
             WHERE a.queue = w.queue AND a.worker_id = w.id AND a.ended_at IS NULL
               AND a.number >= heard.open_from) AS busy
          FROM workers w CROSS JOIN LATERAL (
            SELECT h.last_heartbeat, h.open_from FROM worker_heartbeats h
            WHERE h.worker_id = w.id ORDER BY h.chapter DESC LIMIT 1) AS heard
          WHERE w.queue = asked.name AND w.retired_at IS NULL AND w.lost_at IS NULL
          LIMIT 10000) AS w) AS w
      """;

  static final String AHEAD_IN_QUEUE =
      """
      SELECT count(*)::int FROM (
        SELECT FROM jobs own CROSS JOIN LATERAL (
          SELECT FROM jobs j
          WHERE j.in_line AND j.queue >= own.queue
            AND (j.queue, -j.priority, j.queued_at, j.id)
              < (own.queue, -own.priority, own.queued_at, own.id)
          OFFSET 0) AS before
        WHERE own.id = :id LIMIT :most) AS ahead
      """;

  /** A group has its jobs together, by owner; so many of them are looked at. */
  static final String AHEAD_IN_GROUP =
      """
      SELECT least(count(*), :most)::int FROM (
        SELECT j.id FROM jobs j
        WHERE j.asks AND j.concurrency_group IS NOT NULL
          AND (j.concurrency_group, coalesce(j.owner, '')) >= (:group, '')
          AND j.concurrency_group <= :group
        ORDER BY j.concurrency_group, coalesce(j.owner, '') LIMIT 100000) AS j
      WHERE j.id < :id
      """;

  private final JdbcClient jdbc;

  LineStatements(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  QueueFacts queue(String name) {
    return jdbc.sql(QUEUE)
        .param("queue", name)
        .query(
            (row, n) ->
                new QueueFacts(
                    name,
                    row.getObject("capacity", Integer.class),
                    row.getBoolean("paused"),
                    row.getInt("live"),
                    row.getInt("alive"),
                    row.getInt("draining"),
                    row.getInt("silent"),
                    row.getLong("slots"),
                    row.getLong("free_slots")))
        .single();
  }

  /** How many are before it in its queue's line, counted so far at most. */
  int aheadInQueue(long id, int most) {
    return jdbc.sql(AHEAD_IN_QUEUE)
        .param("id", id)
        .param("most", most)
        .query((row, n) -> row.getInt(1))
        .single();
  }

  /** The same, of those of this concurrency group. */
  int aheadInGroup(String group, long id, int most) {
    return jdbc.sql(AHEAD_IN_GROUP)
        .param("group", group)
        .param("id", id)
        .param("most", most)
        .query((row, n) -> row.getInt(1))
        .single();
  }
}
