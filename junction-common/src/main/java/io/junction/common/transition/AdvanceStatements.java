package io.junction.common.transition;

import static io.junction.common.transition.TransitionStatements.texts;

import io.junction.common.job.JobState;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Takes jobs as far as their workers say: one statement for all of them, whatever each has passed
 * through.
 *
 * <p>Concurrency: each job decides by itself how far it goes, when its row is changed; Postgres
 * asks a row anew for which it had to wait. So no lock is needed before; docs/decisions/0019.
 */
@Component
class AdvanceStatements {

  /**
   * A worker's clock is believed between the job's own instants and now. Each state that the worker
   * reported is told of, in their order; one that was skipped only gets its instant. The events are
   * one run: the first says how many there are, docs/decisions/0018. The time that a job has counts
   * from its receipt, and anew from its start. A job of a build is changed only by who holds the
   * build.
   */
  static final String ADVANCE =
      """
      WITH changed AS (
        UPDATE jobs j SET
          state = r.target,
          reported_in = j.state,
          version = j.version + (r.tell_received AND j.state = 'queued')::int
            + (r.tell_started AND j.state <> 'started')::int + r.ends::int,
          received_at = coalesce(j.received_at, greatest(
            j.queued_at, coalesce(r.received_at, r.started_at, r.finished_at, now()))),
          started_at = CASE WHEN r.target <> 'received' THEN coalesce(j.started_at, greatest(
            j.queued_at, j.received_at, r.received_at,
            coalesce(r.started_at, r.received_at, r.finished_at, now()))) END,
          finished_at = CASE WHEN r.ends THEN greatest(
            j.queued_at, j.received_at, j.started_at, r.received_at, r.started_at,
            coalesce(r.finished_at, now())) END,
          reason = CASE WHEN r.ends THEN r.reason ELSE j.reason END
        FROM (
          SELECT a.job_id, u.assignment_id, u.worker_id, u.target, u.reason, u.result,
            u.tell_received, u.tell_started, u.target NOT IN ('received', 'started') AS ends,
            CASE WHEN u.received_at IS NOT NULL THEN least(u.received_at, now()) END AS received_at,
            CASE WHEN u.started_at IS NOT NULL THEN least(u.started_at, now()) END AS started_at,
            CASE WHEN u.finished_at IS NOT NULL THEN least(u.finished_at, now()) END AS finished_at
          FROM unnest(
            :assignments::uuid[], :workers::uuid[], :targets::text[], :received::timestamptz[],
            :started::timestamptz[], :finished::timestamptz[], :reasons::text[], :results::text[],
            :tellReceived::boolean[], :tellStarted::boolean[]
          ) AS u(assignment_id, worker_id, target, received_at, started_at, finished_at, reason,
                 result, tell_received, tell_started)
          JOIN assignments a ON a.id = ANY (ARRAY[u.assignment_id])
            AND coalesce(a.worker_id = u.worker_id, false)
          ORDER BY a.job_id + 0 OFFSET 0
        ) AS r
        WHERE j.id = ANY (ARRAY[r.job_id]) AND j.assignment_id = ANY (ARRAY[r.assignment_id])
          AND (j.build_id IS NULL OR j.build_id = ANY (:builds::bigint[]))
          AND CASE j.state WHEN 'queued' THEN true
                WHEN 'received' THEN r.target <> 'received'
                WHEN 'started' THEN r.target NOT IN ('received', 'started')
                ELSE false END
        RETURNING j.id, j.build_id, j.stage_id, j.version, j.attempt, j.state, j.queue, j.owner,
          j.repository, j.reason, j.queued_at, j.received_at, j.started_at, j.finished_at,
          j.concurrency_group, j.timeout_ms, j.reported_in, r.assignment_id, r.worker_id, r.result,
          r.tell_received AND j.reported_in = 'queued' AS tell_received,
          r.tell_started AND j.reported_in <> 'started' AS tell_started, r.ends
      ), told AS (
        INSERT INTO events (kind, state, version, job_id, build_id, stage_id, queue, owner,
          repository, attempt, reason, queued_at, received_at, started_at, finished_at, run)
        SELECT e.*, CASE WHEN row_number() OVER () = 1 THEN (
          SELECT sum(c.tell_received::int + c.tell_started::int + c.ends::int)
          FROM changed c) ELSE 0 END
        FROM (
          SELECT 'job:received', 'received', c.version - c.tell_started::int - c.ends::int, c.id,
            c.build_id, c.stage_id, c.queue, c.owner, c.repository, c.attempt, NULL::text,
            c.queued_at, c.received_at, NULL::timestamptz, NULL::timestamptz
          FROM changed c WHERE c.tell_received
          UNION ALL
          SELECT 'job:started', 'started', c.version - c.ends::int, c.id,
            c.build_id, c.stage_id, c.queue, c.owner, c.repository, c.attempt, NULL,
            c.queued_at, c.received_at, c.started_at, NULL
          FROM changed c WHERE c.tell_started
          UNION ALL
          SELECT 'job:finished', c.state, c.version, c.id,
            c.build_id, c.stage_id, c.queue, c.owner, c.repository, c.attempt, c.reason,
            c.queued_at, c.received_at, c.started_at, c.finished_at
          FROM changed c WHERE c.ends
        ) AS e
      ), noted AS (
        UPDATE assignments a SET
          ended_at = CASE WHEN c.ends THEN now() END,
          outcome = CASE WHEN c.ends THEN 'finished' END,
          timeout_at = CASE WHEN NOT c.ends THEN now() + c.timeout_ms * interval '1 ms' END,
          reason = CASE WHEN c.ends THEN c.reason ELSE a.reason END,
          result = c.result::jsonb
        FROM changed c
        WHERE a.id = ANY (ARRAY[c.assignment_id]) AND (c.ends OR c.timeout_ms IS NOT NULL)
      )
      SELECT id, build_id IS NOT NULL AS of_build, assignment_id, worker_id, queue, owner,
        repository, concurrency_group, reported_in AS previous, state
      FROM changed
      """;

  private final JdbcClient jdbc;

  AdvanceStatements(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * What was changed of it; the jobs of these builds are among them, those of others are not.
   *
   * @param courses of which none restarts its job, and each is of another assignment or worker
   * @param builds those that are held
   */
  List<Advanced> advance(Collection<Course> courses, Collection<Long> builds) {
    return jdbc.sql(ADVANCE)
        .param("assignments", courses.stream().map(Course::assignment).toArray(UUID[]::new))
        .param("workers", courses.stream().map(Course::worker).toArray(UUID[]::new))
        .param("targets", texts(courses, course -> course.target().text()))
        .param("received", texts(courses, course -> course.at(JobEvent.RECEIVE)))
        .param("started", texts(courses, course -> course.at(JobEvent.START)))
        .param("finished", texts(courses, course -> course.at(JobEvent.FINISH)))
        .param("reasons", texts(courses, Course::reason))
        .param("results", texts(courses, Course::result))
        .param("tellReceived", flags(courses, course -> course.passes(JobState.RECEIVED)))
        .param("tellStarted", flags(courses, course -> course.passes(JobState.STARTED)))
        .param("builds", builds.toArray(Long[]::new))
        .query(
            (row, n) ->
                new Advanced(TransitionStatements.changed(row, n), row.getBoolean("of_build")))
        .list();
  }

  private static Boolean[] flags(Collection<Course> courses, Predicate<Course> flag) {
    return courses.stream().map(flag::test).toArray(Boolean[]::new);
  }
}
