package io.junction.common.transition;

import io.junction.common.assignment.RestartLimit;
import io.junction.common.job.JobState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The guarded statements behind {@link Transitions}.
 *
 * <p>Each has one plan, which is right for empty tables and for full ones: rows are found by {@code
 * = ANY} of an array, which only the index of the key can serve, and their order is that of an
 * expression, which no index offers; docs/decisions/0011. States are literals, so that the plan
 * matches the partial indexes.
 *
 * <p>Whether an assignment is open is not asked where it is found by its id, since its job's row
 * tells the same: that would be the predicate of another index.
 */
@Component
class TransitionStatements {

  static final String CLOSE =
      """
      WITH closing AS (
        SELECT * FROM unnest(
          :assignments::uuid[], :workers::uuid[], :outcomes::text[],
          :reasons::text[], :mayStillRun::boolean[]
        ) AS c(assignment_id, closed_by, outcome, reason, may_still_run)
      ), held AS (
        SELECT j.id, j.state AS previous, a.worker_id, c.*,
          CASE WHEN c.outcome = 'timed_out' THEN 'errored'
               WHEN c.outcome = 'canceled' THEN 'canceled'
               WHEN c.outcome = 'retired' THEN 'created'
               WHEN j.attempt >= j.max_attempts THEN 'errored'
               WHEN j.attempt >= :most AND (
                 SELECT count(*) FROM assignments x
                 WHERE x.job_id = ANY (ARRAY[j.id]) AND coalesce(x.outcome, 'none') <> 'retired'
                   AND (x.ended_at IS NULL OR x.ended_at > now() - :within * interval '1 ms')
               ) >= :most THEN 'errored'
               ELSE 'created' END AS next,
          CASE WHEN j.exclusive AND c.may_still_run THEN now() + interval '1 ms' *
            (SELECT w.silence_ms FROM workers w WHERE w.id = a.worker_id) END AS held_until
        FROM closing c
        JOIN assignments a ON a.id = ANY (ARRAY[c.assignment_id])
          AND (c.closed_by IS NULL OR c.closed_by = a.worker_id)
        JOIN jobs j ON j.id = ANY (ARRAY[a.job_id]) AND j.assignment_id = ANY (ARRAY[a.id])
        WHERE j.state IN ('queued', 'received', 'started')
        ORDER BY j.id + 0
        FOR UPDATE OF j, a
      ), changed AS (
        UPDATE jobs j SET
          state = h.next,
          assignment_id = NULL,
          attempt = j.attempt + (h.next = 'created' AND h.outcome <> 'retired')::int,
          first_queued_at = coalesce(j.first_queued_at, j.queued_at),
          queued_at = CASE WHEN h.next <> 'created' THEN j.queued_at END,
          received_at = CASE WHEN h.next <> 'created' THEN j.received_at END,
          started_at = CASE WHEN h.next <> 'created' THEN j.started_at END,
          finished_at = CASE WHEN h.next <> 'created' THEN now() END,
          canceled_at = CASE WHEN h.next = 'canceled' THEN now() END,
          held_until = h.held_until,
          reason = CASE WHEN h.next = 'errored' AND h.outcome <> 'timed_out'
            THEN left(CASE WHEN j.attempt >= j.max_attempts
                        THEN 'all ' || j.max_attempts || ' attempts are used up; the last: '
                        ELSE 'restarted ' || :most || ' times in ' || :hours || ' h; the last: ' END
                      || coalesce(h.reason, h.outcome), 1000)
            ELSE h.reason END
        FROM held h
        WHERE j.id = ANY (ARRAY[h.id])
        RETURNING j.id, j.queue, j.owner, j.repository, j.concurrency_group, h.assignment_id,
          h.worker_id, h.previous, j.state, h.outcome, h.reason
      ), noted AS (
        UPDATE assignments a
        SET ended_at = now(), outcome = c.outcome, reason = c.reason, timeout_at = NULL
        FROM changed c
        WHERE a.id = ANY (ARRAY[c.assignment_id])
      )
      SELECT id, assignment_id, worker_id, queue, owner, repository, concurrency_group, previous,
        state
      FROM changed
      """;

  static final String STANDING =
      """
      SELECT a.id, a.worker_id, a.ended_at IS NULL AS open, j.state, j.build_id,
        coalesce(j.assignment_id = ANY (ARRAY[a.id]), false) AS current,
        coalesce(a.outcome = 'finished', false) AS finished
      FROM unnest(:assignments::uuid[], :workers::uuid[]) AS r(assignment_id, worker_id)
      JOIN assignments a ON a.id = ANY (ARRAY[r.assignment_id]) AND a.worker_id = r.worker_id
      JOIN jobs j ON j.id = ANY (ARRAY[a.job_id])
      """;

  private final JdbcClient jdbc;
  private final RestartLimit limit;

  TransitionStatements(JdbcClient jdbc, RestartLimit limit) {
    this.jdbc = jdbc;
    this.limit = limit;
  }

  List<Changed> close(Collection<Closing> closings) {
    return jdbc.sql(CLOSE)
        .param("assignments", texts(closings, closing -> closing.assignment().toString()))
        .param("workers", texts(closings, TransitionStatements::closedBy))
        .param("outcomes", texts(closings, closing -> closing.outcome().text()))
        .param("reasons", texts(closings, Closing::reason))
        .param("mayStillRun", texts(closings, closing -> "" + closing.mayStillRun()))
        .param("most", limit.most())
        .param("within", limit.within().toMillis())
        .param("hours", limit.within().toHours())
        .query(TransitionStatements::changed)
        .list();
  }

  List<Standing> standings(Collection<Course> courses) {
    if (courses.isEmpty()) {
      return List.of();
    }
    return jdbc.sql(STANDING)
        .param("assignments", texts(courses, course -> course.assignment().toString()))
        .param("workers", texts(courses, course -> course.worker().toString()))
        .query(
            (row, n) ->
                new Standing(
                    row.getObject("id", UUID.class),
                    row.getObject("worker_id", UUID.class),
                    row.getBoolean("current"),
                    row.getBoolean("open"),
                    row.getBoolean("finished"),
                    JobState.of(row.getString("state")),
                    row.getObject("build_id", Long.class)))
        .list();
  }

  private static @Nullable String closedBy(Closing closing) {
    var worker = closing.closedBy();
    return worker == null ? null : worker.toString();
  }

  static <T> @Nullable String[] texts(Collection<T> rows, Function<T, @Nullable String> column) {
    return rows.stream().map(column).toArray(String[]::new);
  }

  static Changed changed(ResultSet row, int n) throws SQLException {
    return new Changed(
        row.getLong("id"),
        row.getObject("assignment_id", UUID.class),
        row.getObject("worker_id", UUID.class),
        new Changed.Place(
            row.getString("queue"),
            row.getString("owner"),
            row.getString("repository"),
            row.getString("concurrency_group")),
        JobState.of(row.getString("previous")),
        JobState.of(row.getString("state")));
  }
}
