package io.junction.dispatcher.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.common.job.JobState;
import io.junction.common.queue.QueueStatements;
import io.junction.common.transition.JobEvent;
import io.junction.common.transition.JobTransitions;
import io.junction.common.transition.Report;
import io.junction.common.transition.Transitions;
import io.junction.common.transition.Verdict;
import io.junction.dispatcher.DispatcherCopy;
import io.junction.dispatcher.Rows;
import io.junction.dispatcher.loop.Wake;
import io.junction.testing.Concurrently;
import io.junction.testing.Postgres;
import io.junction.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@Postgres
class DispatcherRaceTest {

  private static final List<String> QUEUES = List.of("a", "b", "c");
  private static final int JOBS = 1_000;

  private Rows rows;

  @BeforeEach
  void open(TestDatabase database) {
    rows = new Rows(database);
  }

  /**
   * Two dispatchers place 3,000 jobs while two workers' sides finish what was placed. After every
   * commit of a round somebody counts: no queue is over its capacity, no worker over its maximum.
   */
  @Test
  void two_dispatchers_place_each_job_once_in_order_and_within_every_limit() {
    for (var queue : QUEUES) {
      rows.queue(queue, 25);
      IntStream.range(0, 5).forEach(n -> rows.worker(queue, 3 + n));
      rows.jobs(queue, JOBS);
    }
    var batch = Map.of("junction.dispatcher.batch", "20");
    try (var one = new DispatcherCopy(batch);
        var other = new DispatcherCopy(batch)) {
      Concurrently.run(
          () -> dispatchUntilAllHaveEnded(one),
          () -> dispatchUntilAllHaveEnded(other),
          () -> finishUntilAllHaveEnded(one),
          () -> finishUntilAllHaveEnded(other));
    }
    assertThat(rows.number("SELECT count(*) FROM junction.assignments")).isEqualTo(3 * JOBS);
    assertThat(rows.number("SELECT count(DISTINCT job_id) FROM junction.assignments"))
        .isEqualTo(3 * JOBS);
    // The first 48 bits of an id are the millisecond in which it was placed, under the lock.
    assertThat(
            rows.number(
                """
                SELECT count(*) FROM (
                  SELECT
                    left(a.id::text, 13) AS placed,
                    lag(left(a.id::text, 13))
                      OVER (PARTITION BY a.queue ORDER BY j.id) AS before
                  FROM junction.assignments a JOIN junction.jobs j ON j.id = a.job_id) AS line
                WHERE before > placed
                """))
        .as("younger jobs that were placed before an older one")
        .isZero();
  }

  /** Each job is either canceled before it is placed, or canceled with its assignment. */
  @Test
  void a_cancel_at_the_same_time_leaves_no_assignment_open() {
    rows.worker("a", 10_000);
    var jobs = rows.jobs("a", JOBS);
    var batch = Map.of("junction.dispatcher.batch", "50");
    try (var dispatching = new DispatcherCopy(batch);
        var canceling = new DispatcherCopy()) {
      Concurrently.run(
          () -> {
            while (unplaced() > 0) {
              dispatching.get(Dispatcher.class).run(Wake.POLL);
            }
            return true;
          },
          () -> {
            for (long job : jobs) {
              canceling
                  .transaction()
                  .executeWithoutResult(
                      status ->
                          canceling.get(JobTransitions.class).cancel(job, "no longer needed"));
            }
            return true;
          });
    }
    assertThat(rows.texts("SELECT DISTINCT state FROM junction.jobs")).containsExactly("canceled");
    assertThat(rows.number("SELECT count(*) FROM junction.assignments WHERE ended_at IS NULL"))
        .isZero();
    assertThat(rows.number("SELECT count(*) FROM junction.assignments WHERE outcome <> 'canceled'"))
        .isZero();
  }

  /** Nobody may place into a queue that somebody has locked, whatever was read before. */
  @Test
  void a_capacity_that_is_lowered_at_the_same_time_is_kept() {
    rows.queue("a", 1_000);
    rows.worker("a", 1_000);
    rows.jobs("a", JOBS);
    var batch = Map.of("junction.dispatcher.batch", "10");
    try (var dispatching = new DispatcherCopy(batch);
        var operating = new DispatcherCopy()) {
      var live = new AtomicInteger();
      Concurrently.run(
          () -> {
            for (int i = 0; i < 50; i++) {
              dispatching.get(Dispatcher.class).run(Wake.POLL);
            }
            return true;
          },
          () -> {
            operating
                .transaction()
                .executeWithoutResult(
                    status -> {
                      operating.get(QueueStatements.class).lock(List.of("a"));
                      var jdbc = operating.get(JdbcClient.class);
                      jdbc.sql("UPDATE queues SET capacity = 0").update();
                      live.set(
                          jdbc.sql("SELECT count(*) FROM assignments")
                              .query((row, n) -> row.getInt(1))
                              .single());
                    });
            return true;
          });
      assertThat(rows.number("SELECT count(*) FROM junction.assignments")).isEqualTo(live.get());
    }
  }

  private int dispatchUntilAllHaveEnded(DispatcherCopy copy) {
    int placed = 0;
    while (unfinished() > 0) {
      placed += copy.get(Dispatcher.class).run(Wake.POLL).placed();
      assertThat(
              rows.texts(
                  """
                  SELECT a.queue || ' ' || count(*) FROM junction.assignments a
                  JOIN junction.queues q ON q.name = a.queue
                  WHERE a.ended_at IS NULL GROUP BY a.queue, q.capacity HAVING count(*) > q.capacity
                  """))
          .isEmpty();
      assertThat(
              rows.texts(
                  """
                  SELECT w.id || ' ' || count(*) FROM junction.assignments a
                  JOIN junction.workers w ON w.id = a.worker_id
                  WHERE a.ended_at IS NULL
                  GROUP BY w.id, w.max_job_count HAVING count(*) > w.max_job_count
                  """))
          .isEmpty();
    }
    return placed;
  }

  private int finishUntilAllHaveEnded(DispatcherCopy copy) {
    int finished = 0;
    while (unfinished() > 0) {
      var verdicts =
          copy.transaction().execute(status -> copy.get(Transitions.class).report(open(copy)));
      finished += (int) verdicts.stream().filter(v -> v.kind() == Verdict.Kind.APPLIED).count();
    }
    return finished;
  }

  private static List<Report> open(DispatcherCopy copy) {
    return copy.get(JdbcClient.class)
        .sql("SELECT id, worker_id FROM assignments WHERE ended_at IS NULL LIMIT 10")
        .query(
            (row, n) ->
                new Report(
                    row.getObject("id", UUID.class),
                    row.getObject("worker_id", UUID.class),
                    JobEvent.FINISH,
                    JobState.PASSED,
                    null,
                    null,
                    null))
        .list();
  }

  private long unfinished() {
    return rows.number("SELECT count(*) FROM junction.jobs WHERE finished_at IS NULL");
  }

  private long unplaced() {
    return rows.number(
        "SELECT count(*) FROM junction.jobs WHERE state = 'queued' AND assignment_id IS NULL");
  }
}
