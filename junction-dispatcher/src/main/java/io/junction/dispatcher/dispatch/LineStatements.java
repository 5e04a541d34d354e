package io.junction.dispatcher.dispatch;

import java.util.Collection;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Where jobs wait, and where lines begin.
 *
 * <p>{@code in_line} is the predicate of the index {@code jobs_line}: queued, and with no worker.
 */
final class LineStatements {

  /**
   * The first of a line, from a place on that was its beginning when a snapshot was taken: either
   * it stands behind that, or it has come by a transaction that this snapshot did not see. So those
   * that were placed before are not walked over; docs/decisions/0015. To be put where {@code mark}
   * is a row of a queue, a rank, a queued_at, an id and what was seen.
   */
  static final String START =
      """
      SELECT first.rank, first.queued_at, first.id FROM (
        (SELECT -j.priority AS rank, j.queued_at, j.id FROM jobs j
         WHERE (j.queue, -j.priority, j.queued_at, j.id)
             >= (mark.queue, mark.rank, mark.queued_at, mark.id)
           AND j.queue <= mark.queue AND j.in_line
         ORDER BY j.queue, -j.priority, j.queued_at, j.id LIMIT 1)
        UNION ALL
        (SELECT -j.priority, j.queued_at, j.id
         FROM (
           SELECT x AS first, x AS last FROM pg_snapshot_xip(mark.seen) AS under_way(x)
           UNION ALL
           SELECT pg_snapshot_xmax(mark.seen), '18446744073709551615') AS unseen
         CROSS JOIN LATERAL (
           SELECT j.priority, j.queued_at, j.id, j.state, j.assignment_id FROM jobs j
           WHERE j.queue = mark.queue AND j.queued_in BETWEEN unseen.first AND unseen.last
           OFFSET 0) AS j
         WHERE j.state = 'queued' AND j.assignment_id IS NULL)
      ) AS first
      ORDER BY first.rank, first.queued_at, first.id LIMIT 1
      """;

  /**
   * Queues that have both a live worker and a job in their line. It walks over the workers' queues,
   * so that a backlog in queues without workers costs nothing. Where there is none and it is asked
   * for: a null if a job is in some other line, no row at all if none is in any. Jobs are looked
   * for in the order of the index, so that no statistics make the planner read the table.
   */
  static final String LINES =
      """
      WITH RECURSIVE served AS (
        (SELECT queue FROM workers WHERE retired_at IS NULL AND lost_at IS NULL
         ORDER BY queue LIMIT 1)
        UNION ALL
        SELECT (SELECT w.queue FROM workers w
                WHERE w.retired_at IS NULL AND w.lost_at IS NULL AND w.queue > served.queue
                ORDER BY w.queue LIMIT 1)
        FROM served WHERE served.queue IS NOT NULL
      ), waiting AS (
        SELECT mark.queue
        FROM unnest(
            :queues::text[], :ranks::integer[], :since::timestamptz[], :ids::bigint[],
            :seen::pg_snapshot[]
          ) AS mark(queue, rank, queued_at, id, seen)
        CROSS JOIN LATERAL (
      """
          + START
          + """
        ) AS start
        UNION ALL
        SELECT queue FROM served
        WHERE queue NOT IN (SELECT unnest(:queues::text[]))
          AND (SELECT true FROM jobs j WHERE j.queue = served.queue AND j.in_line
               ORDER BY -j.priority, j.queued_at, j.id LIMIT 1)
      ), servable AS MATERIALIZED (
        SELECT queue FROM waiting
        WHERE (SELECT true FROM workers w
               WHERE w.queue = waiting.queue AND w.retired_at IS NULL AND w.lost_at IS NULL
                 AND w.draining_at IS NULL
                 AND (SELECT h.last_heartbeat FROM worker_heartbeats h WHERE h.worker_id = w.id
                      ORDER BY h.chapter DESC LIMIT 1)
                   > now() - w.lease_ms * interval '1 ms'
               LIMIT 1)
        LIMIT 10000
      )
      SELECT queue FROM servable
      UNION ALL
      SELECT NULL FROM (SELECT queue FROM jobs WHERE in_line ORDER BY queue LIMIT 1) AS front
      WHERE :empty AND NOT EXISTS (SELECT FROM servable)
      """;

  private LineStatements() {}

  /**
   * With these marks, as {@code queues}, {@code ranks}, {@code since}, {@code ids}, {@code seen}.
   */
  static JdbcClient.StatementSpec marked(
      JdbcClient.StatementSpec statement, Collection<LineStart> starts) {
    return statement
        .param("queues", starts.stream().map(LineStart::queue).toArray(String[]::new))
        .param("ranks", starts.stream().map(LineStart::rank).toArray(Integer[]::new))
        .param("since", starts.stream().map(LineStart::queuedAt).toArray(String[]::new))
        .param("ids", starts.stream().map(LineStart::job).toArray(Long[]::new))
        .param("seen", starts.stream().map(LineStart::seen).toArray(String[]::new));
  }
}
