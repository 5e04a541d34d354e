package io.junction.common.explain;

import io.junction.common.job.JobState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What a job's own rows say. */
@Component
class JobFactStatements {

  static final String JOB =
      """
      SELECT j.id, j.state, j.priority, j.owner, j.repository, j.concurrency_group,
        j.concurrency_max, j.public, j.queue, j.stage_id, j.behind, j.reason,
        CASE WHEN j.held_until > now()
          THEN ceil(extract(epoch FROM j.held_until - now()) * 1000)::bigint END AS held_ms,
        (extract(epoch FROM now() - j.finished_at) * 1000)::bigint AS ended_ms,
        (extract(epoch FROM a.timeout_at - now()) * 1000)::bigint AS timeout_ms,
        a.id AS assignment, coalesce(w.name, a.worker_id::text) AS worker,
        (extract(epoch FROM now() - a.created_at) * 1000)::bigint AS placed_ms,
        (extract(epoch FROM now() - j.received_at) * 1000)::bigint AS received_ms,
        (extract(epoch FROM now() - j.started_at) * 1000)::bigint AS started_ms,
        (extract(epoch FROM now() - h.last_heartbeat) * 1000)::bigint AS heard_ms,
        coalesce(h.last_heartbeat > now() - w.lease_ms * interval '1 ms', false) AS is_alive
      FROM jobs j
      LEFT JOIN assignments a
        ON a.id = ANY (ARRAY[j.assignment_id]) AND j.finished_at IS NULL
      LEFT JOIN workers w ON w.id = ANY (ARRAY[a.worker_id])
      LEFT JOIN LATERAL (
        SELECT h.last_heartbeat FROM worker_heartbeats h
        WHERE h.worker_id = w.id ORDER BY h.chapter DESC LIMIT 1) AS h ON true
      WHERE j.id = :id
      """;

  /** The first stage before a job's own that has not ended, and what is left of it. */
  static final String STAGE =
      """
      SELECT own.number, first.number AS first,
        (SELECT count(*)::int FROM stages s WHERE s.build_id = own.build_id) AS of_all,
        (SELECT count(*)::int FROM jobs j
         WHERE j.build_id = own.build_id AND j.stage_id = first.id
           AND j.finished_at IS NULL) AS left_of_it,
        ARRAY(SELECT j.id FROM jobs j
              WHERE j.build_id = own.build_id AND j.stage_id = first.id
                AND j.finished_at IS NULL
              ORDER BY j.id + 0 LIMIT :most) AS jobs
      FROM stages own CROSS JOIN LATERAL (
        SELECT s.id, s.number FROM stages s
        WHERE s.build_id = own.build_id AND s.number < own.number AND s.finished_at IS NULL
        ORDER BY s.number LIMIT 1) AS first
      WHERE own.id = :stage
      """;

  private final JdbcClient jdbc;

  JobFactStatements(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Optional<JobFacts> job(long id) {
    return jdbc.sql(JOB).param("id", id).query(JobFactStatements::facts).optional();
  }

  Optional<StageFacts> stage(long stage) {
    return jdbc.sql(STAGE)
        .param("stage", stage)
        .param("most", Reason.MOST_HOLDERS)
        .query(
            (row, n) ->
                new StageFacts(
                    row.getInt("number"),
                    row.getInt("of_all"),
                    row.getInt("first"),
                    row.getInt("left_of_it"),
                    List.of((Long[]) row.getArray("jobs").getArray())))
        .optional();
  }

  private static JobFacts facts(ResultSet row, int n) throws SQLException {
    return new JobFacts(
        row.getLong("id"),
        JobState.of(row.getString("state")),
        row.getInt("priority"),
        row.getString("owner"),
        row.getString("repository"),
        row.getString("concurrency_group"),
        row.getInt("concurrency_max"),
        row.getBoolean("public"),
        row.getString("queue"),
        number(row, "stage_id"),
        row.getBoolean("behind"),
        number(row, "held_ms"),
        number(row, "ended_ms"),
        row.getString("reason"),
        number(row, "timeout_ms"),
        row.getString("assignment") == null
            ? null
            : new JobFacts.Attempt(
                row.getString("worker"),
                row.getLong("placed_ms"),
                number(row, "received_ms"),
                number(row, "started_ms"),
                number(row, "heard_ms"),
                row.getBoolean("is_alive")));
  }

  private static @Nullable Long number(ResultSet row, String column) throws SQLException {
    return row.getObject(column, Long.class);
  }

  /**
   * What a job of a later stage waits for.
   *
   * @param number of its own stage
   * @param ofAll how many stages the build has
   * @param first the number of the stage that it waits for
   * @param left how many jobs of that have not ended
   * @param jobs some of them
   */
  record StageFacts(int number, int ofAll, int first, int left, List<Long> jobs) {}
}
