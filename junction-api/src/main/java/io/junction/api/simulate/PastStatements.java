package io.junction.api.simulate;

import io.junction.common.limit.Asking;
import io.junction.common.plan.OpenSlot;
import io.junction.common.simulate.Conditions.QueueRoom;
import io.junction.common.simulate.PastJob;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How jobs went lately, and what their queues could take. */
@Component
class PastStatements {

  /** Ids rise with the time (docs/decisions/0018): what lies behind so many is not looked at. */
  static final String WINDOW =
      """
      SELECT span.until, greatest(span.since, behind.created_at) AS since,
        coalesce(behind.created_at > span.since, false) AS cut
      FROM (SELECT now() AS until, now() - :hours * interval '1 hour' AS since) AS span
      LEFT JOIN (
        SELECT created_at FROM jobs WHERE id < 9223372036854775807
        ORDER BY id DESC OFFSET :most LIMIT 1) AS behind ON true
      """;

  /**
   * A job of a build asks when the stages before its own have ended, and one that was restarted
   * when its attempt before was over.
   */
  static final String JOBS =
      """
      WITH newest AS MATERIALIZED (
        SELECT id, build_id, stage_id, created_at, received_at, finished_at, priority, attempt,
          concurrency_max, public, behind, state, queue, owner, repository, concurrency_group
        FROM jobs WHERE id < 9223372036854775807 ORDER BY id DESC LIMIT :most
      )
      SELECT j.id, j.priority, j.owner, j.repository, j.concurrency_group, j.concurrency_max,
        j.queue, j.public, coalesce(own.build_id, 0) AS build, coalesce(own.number, 0) AS stage,
        (extract(epoch FROM j.created_at - :since::timestamptz) * 1000)::bigint AS created_ms,
        CASE WHEN NOT (j.behind AND j.state = 'created') THEN (extract(epoch FROM
          greatest(j.created_at, own.open_at, before.ended_at) - :since::timestamptz
        ) * 1000)::bigint END AS asked_ms,
        (extract(epoch FROM j.received_at - :since::timestamptz) * 1000)::bigint AS taken_ms,
        (extract(epoch FROM j.finished_at - :since::timestamptz) * 1000)::bigint AS ended_ms
      FROM newest j
      LEFT JOIN LATERAL (
        SELECT s.build_id, s.number, (
          SELECT max(e.finished_at) FROM stages e
          WHERE e.build_id = s.build_id AND e.number < s.number) AS open_at
        FROM stages s
        WHERE s.build_id = ANY (ARRAY[j.build_id]) AND s.id = ANY (ARRAY[j.stage_id])
      ) AS own ON true
      LEFT JOIN LATERAL (
        SELECT max(a.ended_at) AS ended_at FROM assignments a
        WHERE j.attempt > 1 AND a.job_id = j.id AND a.attempt < j.attempt) AS before ON true
      WHERE j.finished_at IS NULL OR j.finished_at >= :since::timestamptz
      """;

  /** Slots of workers that are alive and take jobs; a queue of which nothing is set has a row. */
  static final String QUEUES =
      """
      SELECT asked.name, q.capacity, (
        SELECT least(coalesce(sum(coalesce(w.max_job_count, :unnamed)), 0), 1000000)::int
        FROM workers w CROSS JOIN LATERAL (
          SELECT h.last_heartbeat FROM worker_heartbeats h
          WHERE h.worker_id = w.id ORDER BY h.chapter DESC LIMIT 1) AS heard
        WHERE w.queue = asked.name AND w.retired_at IS NULL AND w.lost_at IS NULL
          AND w.draining_at IS NULL
          AND heard.last_heartbeat > now() - w.lease_ms * interval '1 ms') AS slots
      FROM unnest(:queues::text[]) AS asked(name)
      LEFT JOIN queues q ON q.name = ANY (ARRAY[asked.name])
      """;

  private final JdbcClient jdbc;

  PastStatements(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * So many hours until now, or less.
   *
   * @param most how many jobs are looked at
   */
  PastWindow window(int hours, int most) {
    return jdbc.sql(WINDOW)
        .param("hours", hours)
        .param("most", most)
        .query(
            (row, n) ->
                new PastWindow(instant(row, "since"), instant(row, "until"), row.getBoolean("cut")))
        .single();
  }

  /** Those that had not ended when the window began. */
  List<PastJob> jobs(PastWindow window, int most) {
    return jdbc.sql(JOBS)
        .param("since", Timestamp.from(window.from()))
        .param("most", most)
        .query(PastStatements::job)
        .list();
  }

  Map<String, QueueRoom> queues(Collection<String> names) {
    return jdbc
        .sql(QUEUES)
        .param("queues", names.toArray(String[]::new))
        .param("unnamed", OpenSlot.UNNAMED_MAX)
        .query(
            (row, n) ->
                Map.entry(
                    row.getString("name"),
                    new QueueRoom(row.getObject("capacity", Integer.class), row.getInt("slots"))))
        .list()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static PastJob job(ResultSet row, int n) throws SQLException {
    var owner = row.getString("owner");
    return new PastJob(
        new Asking(
            row.getLong("id"),
            row.getInt("priority"),
            owner == null ? "" : owner,
            row.getString("repository"),
            row.getString("concurrency_group"),
            row.getInt("concurrency_max"),
            row.getString("queue"),
            row.getBoolean("public")),
        row.getLong("build"),
        row.getInt("stage"),
        row.getLong("created_ms"),
        ms(row, "asked_ms"),
        ms(row, "taken_ms"),
        ms(row, "ended_ms"));
  }

  private static @Nullable Long ms(ResultSet row, String column) throws SQLException {
    return row.getObject(column, Long.class);
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
