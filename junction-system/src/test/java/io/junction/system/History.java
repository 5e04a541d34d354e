package io.junction.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What happened to the jobs of a queue, as triggers of the tests' own have written it down; see
 * {@code history.sql}.
 */
final class History {

  private static final String STATES =
      """
      SELECT state AS key, count(*) AS n FROM junction.jobs WHERE queue = :queue GROUP BY state
      """;

  private static final String OUTCOMES =
      """
      SELECT outcome AS key, count(*) AS n FROM history.assignments
      WHERE queue = :queue AND open = -1 GROUP BY outcome
      """;

  /**
   * Placed in an earlier transaction than an older one of the same priority, or of a higher one,
   * that waited as well. First attempts only: a restarted job did not wait all the time.
   */
  private static final String FIGURES =
      """
      WITH jobs AS (
        SELECT * FROM history.jobs WHERE queue = :queue
      ), ends AS (
        SELECT job_id, count(*) FILTER (WHERE old_state <> state) AS written FROM jobs
        WHERE state IN ('passed', 'failed', 'errored', 'canceled') GROUP BY job_id
      ), counts AS (
        SELECT sum(open) OVER (PARTITION BY job_id ORDER BY seq) AS of_job,
               sum(open) OVER (ORDER BY seq) AS of_queue,
               sum(open) OVER (PARTITION BY worker_id ORDER BY seq) AS of_worker
        FROM history.assignments WHERE queue = :queue
      ), firsts AS (
        SELECT job_id, min(seq) AS seq, min(txid) AS txid,
               row_number() OVER (ORDER BY min(-priority), min(queued_at), job_id) AS place
        FROM jobs
        WHERE attempt = 1 AND state = 'queued' AND old_assignment IS NULL AND assignment IS NOT NULL
        GROUP BY job_id
      ), rounds AS (
        SELECT place, min(seq) OVER (PARTITION BY txid) AS round FROM firsts
      ), overtaken AS (
        SELECT place < max(place) OVER (ORDER BY round
                 GROUPS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS late FROM rounds
      )
      SELECT (SELECT count(*) FROM ends WHERE written = 1) AS ended_once,
             (SELECT count(*) FROM ends WHERE written > 1) AS ended_again,
             (SELECT count(*) FROM jobs
              WHERE old_state IN ('passed', 'failed', 'errored', 'canceled')) AS changed_afterwards,
             (SELECT count(*) FROM history.assignments
              WHERE queue = :queue AND open = 0) AS reopened,
             (SELECT coalesce(max(of_job), 0) FROM counts) AS open_of_a_job,
             (SELECT coalesce(max(of_queue), 0) FROM counts) AS open_of_queue,
             (SELECT coalesce(max(of_worker), 0) FROM counts) AS open_of_a_worker,
             (SELECT count(*) FROM history.excesses WHERE queue = :queue) AS excesses,
             (SELECT count(*) FROM overtaken WHERE late) AS overtaken,
             (SELECT coalesce(max(attempt), 0) FROM jobs) AS attempts
      """;

  /** An open assignment that its job does not know, or a job whose assignment is not open. */
  private static final String HALF_DONE =
      """
      SELECT (SELECT count(*) FROM junction.assignments a
              LEFT JOIN junction.jobs j ON j.id = a.job_id AND j.assignment_id = a.id
                AND j.state IN ('queued', 'received', 'started')
              WHERE a.queue = :queue AND a.ended_at IS NULL AND j.id IS NULL)
           + (SELECT count(*) FROM junction.jobs j
              LEFT JOIN junction.assignments a ON a.id = j.assignment_id AND a.ended_at IS NULL
              WHERE j.queue = :queue AND j.state IN ('queued', 'received', 'started')
                AND j.assignment_id IS NOT NULL AND a.id IS NULL)
      """;

  private final JdbcClient jdbc;

  History(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** From here on everything is written down. */
  void install() {
    try (var script = History.class.getResourceAsStream("history.sql")) {
      var bytes = Objects.requireNonNull(script).readAllBytes();
      jdbc.sql(new String(bytes, StandardCharsets.UTF_8)).update();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** The evidence of a queue, printed for whoever reads the build's output. */
  Evidence of(String queue) {
    var evidence =
        jdbc.sql(FIGURES)
            .param("queue", queue)
            .query(
                (row, n) ->
                    new Evidence(
                        queue,
                        counts(STATES, queue),
                        counts(OUTCOMES, queue),
                        row.getInt("ended_once"),
                        row.getInt("ended_again")
                            + row.getInt("changed_afterwards")
                            + row.getInt("reopened"),
                        new Most(
                            row.getInt("open_of_a_job"),
                            row.getInt("open_of_queue"),
                            row.getInt("open_of_a_worker"),
                            row.getInt("attempts")),
                        row.getInt("excesses"),
                        row.getInt("overtaken")))
            .single();
    System.out.println(evidence);
    return evidence;
  }

  int halfDone(String queue) {
    return jdbc.sql(HALF_DONE).param("queue", queue).query((row, n) -> row.getInt(1)).single();
  }

  private Map<String, Integer> counts(String sql, String queue) {
    var counts = new TreeMap<String, Integer>();
    jdbc.sql(sql)
        .param("queue", queue)
        .query((row, n) -> counts.put(row.getString("key"), row.getInt("n")))
        .list();
    return counts;
  }

  /** The largest numbers that there were at any time. */
  record Most(int openOfAJob, int openOfTheQueue, int openOfAWorker, int attempts) {}

  /**
   * What the history shows.
   *
   * @param endedOnce jobs whose final state was written exactly once
   * @param afterTheEnd changes of jobs and assignments that had ended
   * @param excesses commits that left a queue or a worker with more than allowed
   * @param overtaken jobs that were placed after a younger one that waited with them
   */
  record Evidence(
      String queue,
      Map<String, Integer> states,
      Map<String, Integer> outcomes,
      int endedOnce,
      int afterTheEnd,
      Most most,
      int excesses,
      int overtaken) {

    /** What must hold whatever is killed: so many jobs passed, once, one attempt at a time. */
    Evidence shows(int passed) {
      assertThat(states).as("states of %s", queue).isEqualTo(Map.of("passed", passed));
      assertThat(endedOnce).as("jobs whose final state was written once").isEqualTo(passed);
      assertThat(afterTheEnd).as("changes after the end").isZero();
      assertThat(most.openOfAJob).as("most open assignments of a job").isEqualTo(1);
      assertThat(excesses).as("commits that exceed a capacity or a maximum").isZero();
      assertThat(overtaken).as("jobs overtaken by younger ones").isZero();
      return this;
    }

    /** No attempt was in vain. */
    Evidence showsNothingLost() {
      assertThat(outcomes.keySet()).as("outcomes of %s", queue).containsExactly("finished");
      assertThat(most.attempts).as("most attempts of a job").isEqualTo(1);
      return this;
    }
  }
}
