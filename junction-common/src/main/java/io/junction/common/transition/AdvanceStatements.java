package io.junction.common.transition;

import static io.junction.common.transition.TransitionStatements.texts;

import io.junction.common.job.JobState;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How far jobs come that are held: one statement for all of them, whatever each has passed through.
 *
 * <p>Invariant: what is held cannot have changed. If a row did, nothing of the transaction stays.
 */
@Component
class AdvanceStatements {

  /**
   * A worker's clock is believed between the job's own instants and now. Each state that the worker
   * reported is told of, in their order; one that was skipped only gets its instant. The events are
   * one run: the first that is written says how many there are, docs/decisions/0018.
   */
  static final String ADVANCE =
      """
      WITH changed AS (
        UPDATE jobs j SET
          state = r.state,
          version = j.version + r.tell_received::int + r.tell_started::int + r.ends::int,
          received_at = coalesce(j.received_at, greatest(
            j.queued_at, coalesce(r.received_at, r.started_at, r.finished_at, now()))),
          started_at = CASE WHEN r.state <> 'received' THEN coalesce(j.started_at, greatest(
            j.queued_at, j.received_at, r.received_at,
            coalesce(r.started_at, r.received_at, r.finished_at, now()))) END,
          finished_at = CASE WHEN r.ends THEN greatest(
            j.queued_at, j.received_at, j.started_at, r.received_at, r.started_at,
            coalesce(r.finished_at, now())) END,
          reason = CASE WHEN r.ends THEN r.reason ELSE j.reason END
        FROM (
          SELECT job_id, state, reason, state NOT IN ('received', 'started') AS ends,
            tell_received, tell_started,
            CASE WHEN received_at IS NOT NULL THEN least(received_at, now()) END AS received_at,
            CASE WHEN started_at IS NOT NULL THEN least(started_at, now()) END AS started_at,
            CASE WHEN finished_at IS NOT NULL THEN least(finished_at, now()) END AS finished_at
          FROM unnest(
            :jobs::bigint[], :states::text[], :received::timestamptz[],
            :started::timestamptz[], :finished::timestamptz[], :reasons::text[],
            :tellReceived::boolean[], :tellStarted::boolean[]
          ) AS u(job_id, state, received_at, started_at, finished_at, reason,
                 tell_received, tell_started)
        ) AS r
        WHERE j.id = ANY (ARRAY[r.job_id]) AND j.state IN ('queued', 'received', 'started')
        RETURNING j.id, j.build_id, j.stage_id, j.version, j.attempt, j.state, j.queue, j.owner,
          j.repository, j.reason, j.queued_at, j.received_at, j.started_at, j.finished_at,
          r.tell_received, r.tell_started, r.ends
      ), told AS (
        INSERT INTO events (kind, state, version, job_id, build_id, stage_id, queue, owner,
          repository, attempt, reason, queued_at, received_at, started_at, finished_at, run)
        SELECT e.kind, e.state, c.version - e.before, c.id, c.build_id, c.stage_id, c.queue,
          c.owner, c.repository, c.attempt, CASE WHEN c.ends AND e.before = 0 THEN c.reason END,
          c.queued_at, c.received_at, e.started_at,
          CASE WHEN c.ends AND e.before = 0 THEN c.finished_at END,
          CASE WHEN row_number() OVER () = 1 THEN :told ELSE 0 END
        FROM changed c CROSS JOIN LATERAL (VALUES
          ('job:received', 'received', c.tell_received, c.tell_started::int + c.ends::int, NULL),
          ('job:started', 'started', c.tell_started, c.ends::int, c.started_at),
          ('job:finished', c.state, c.ends, 0, c.started_at)
        ) AS e(kind, state, told, before, started_at)
        WHERE e.told
      )
      SELECT count(*) FROM changed
      """;

  static final String END =
      """
      UPDATE assignments a SET ended_at = now(), outcome = 'finished', timeout_at = NULL,
        reason = r.reason, result = r.result::jsonb
      FROM unnest(:assignments::uuid[], :reasons::text[], :results::text[]) AS r(id, reason, result)
      WHERE a.id = ANY (ARRAY[r.id])
      """;

  /** The time that a job has counts from its receipt, and anew from its start. */
  static final String TIME =
      """
      UPDATE assignments a SET timeout_at = now() + j.timeout_ms * interval '1 ms'
      FROM jobs j
      WHERE j.id = ANY (ARRAY[a.job_id]) AND a.id = ANY (:assignments::uuid[])
      """;

  private final JdbcClient jdbc;

  AdvanceStatements(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void advance(List<Advance> advances) {
    var ends = advances.stream().filter(advance -> advance.course().target().isFinal()).toList();
    var tellReceived = reaching(advances, JobState.RECEIVED);
    var tellStarted = reaching(advances, JobState.STARTED);
    int changed =
        jdbc.sql(ADVANCE)
            .param("jobs", advances.stream().mapToLong(advance -> advance.held().job()).toArray())
            .param("states", texts(advances, advance -> advance.course().target().text()))
            .param("received", texts(advances, advance -> advance.course().at(JobEvent.RECEIVE)))
            .param("started", texts(advances, advance -> advance.course().at(JobEvent.START)))
            .param("finished", texts(advances, advance -> advance.course().at(JobEvent.FINISH)))
            .param("reasons", texts(advances, advance -> advance.course().reason()))
            .param("tellReceived", tellReceived)
            .param("tellStarted", tellStarted)
            .param("told", count(tellReceived) + count(tellStarted) + ends.size())
            .query((row, n) -> row.getInt("count"))
            .single();
    expect(advances.size(), changed);
    end(ends);
    time(
        advances.stream()
            .filter(advance -> advance.held().timed() && !advance.course().target().isFinal())
            .toList());
  }

  private void end(List<Advance> ends) {
    if (!ends.isEmpty()) {
      int ended =
          jdbc.sql(END)
              .param("assignments", ids(ends))
              .param("reasons", texts(ends, advance -> advance.course().reason()))
              .param("results", texts(ends, advance -> advance.course().result()))
              .update();
      expect(ends.size(), ended);
    }
  }

  private void time(List<Advance> timed) {
    if (!timed.isEmpty()) {
      jdbc.sql(TIME).param("assignments", ids(timed)).update();
    }
  }

  private static void expect(int rows, int changed) {
    if (changed != rows) {
      throw new IllegalStateException(
          "of " + rows + " rows that are held only " + changed + " could be changed");
    }
  }

  private static Boolean[] reaching(List<Advance> advances, JobState state) {
    return advances.stream().map(advance -> advance.reaches(state)).toArray(Boolean[]::new);
  }

  private static int count(Boolean[] flags) {
    return Collections.frequency(Arrays.asList(flags), true);
  }

  private static UUID[] ids(List<Advance> advances) {
    return advances.stream().map(advance -> advance.held().assignment()).toArray(UUID[]::new);
  }
}
