package io.junction.dispatcher.prune;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.dispatcher.DispatcherCopy;
import io.junction.dispatcher.Rows;
import io.junction.dispatcher.loop.Wake;
import io.junction.dispatcher.notify.BuildRows;
import io.junction.testing.Concurrently;
import io.junction.testing.Postgres;
import io.junction.testing.TestDatabase;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The retention is a day, the batch three. */
@Postgres
class PrunerPostgresTest {

  private static final String LINUX = "builds.linux";

  private DispatcherCopy copy;
  private Pruner pruner;
  private Rows rows;

  @BeforeEach
  void start(TestDatabase database) {
    rows = new Rows(database);
    copy = new DispatcherCopy(Map.of("junction.retention", "1d", "junction.pruner.batch", "3"));
    pruner = copy.get(Pruner.class);
  }

  @AfterEach
  void stop() {
    copy.close();
  }

  @Test
  void what_ended_before_the_retention_goes_with_its_config_and_its_history() {
    var assignment = rows.running(LINUX, rows.worker(LINUX, 1));
    rows.run("INSERT INTO junction.job_configs (job_id) SELECT id FROM junction.jobs");
    rows.run("UPDATE junction.assignments SET ended_at = now(), outcome = 'finished'");
    rows.run("UPDATE junction.jobs SET state = 'passed', finished_at = now() - interval '25 h'");
    assertThat(pruner.run(Wake.POLL)).isEqualTo(new PruneRound(1, 0, 0, 0, 0, null));
    assertThat(rows.number("SELECT count(*) FROM junction.jobs")).isZero();
    assertThat(rows.number("SELECT count(*) FROM junction.job_configs")).isZero();
    assertThat(rows.number("SELECT count(*) FROM junction.assignments WHERE id = ?", assignment))
        .isZero();
  }

  @Test
  void of_deliveries_only_those_go_that_are_over() {
    var builds = new BuildRows(rows);
    builds.deliveries(builds.webhook("acme/web"), 3);
    rows.run(
        "UPDATE junction.deliveries SET created_at = now() - interval '25 h'"
            + " WHERE event_id < (SELECT max(event_id) FROM junction.deliveries)");
    rows.run(
        "UPDATE junction.deliveries SET state = 'dead'"
            + " WHERE event_id > (SELECT min(event_id) FROM junction.deliveries)");
    assertThat(pruner.run(Wake.POLL)).isEqualTo(new PruneRound(0, 0, 0, 0, 1, null));
    assertThat(rows.texts("SELECT state FROM junction.deliveries ORDER BY event_id"))
        .containsExactly("pending", "dead");
  }

  /** The clock of the first queue shows 30, that of the second 4. */
  @Test
  void of_turns_only_those_go_that_the_clock_of_their_queue_has_left_behind() {
    rows.run(
        """
        INSERT INTO junction.queue_turns (queue, owner, pass, clock)
        VALUES ('a', 'before', 29, 20), ('a', 'now', 30, 20), ('a', 'last', 50, 30),
               ('b', 'before', 5, 4)
        """);
    assertThat(pruner.run(Wake.POLL)).isEqualTo(new PruneRound(0, 0, 0, 0, 0, null));
    assertThat(rows.texts("SELECT queue || ' ' || owner FROM junction.queue_turns ORDER BY 1"))
        .containsExactly("a last", "a now", "b before");
  }

  @Test
  void what_ended_within_the_retention_or_has_not_ended_stays_however_old_it_is() {
    rows.jobs(LINUX, 4);
    rows.run("INSERT INTO junction.jobs (queue) VALUES ('builds.linux')");
    rows.running(LINUX, rows.worker(LINUX, 1));
    rows.run(
        "UPDATE junction.jobs SET created_at = now() - interval '9 y',"
            + " queued_at = CASE WHEN queued_at IS NOT NULL THEN now() - interval '9 y' END");
    rows.run(
        "UPDATE junction.jobs SET state = 'failed', finished_at = now() - interval '23 h'"
            + " WHERE id = 1");
    assertThat(sweep()).isZero();
    assertThat(rows.number("SELECT count(*) FROM junction.jobs")).isEqualTo(6);
  }

  @Test
  void behind_jobs_that_stay_it_goes_on_and_the_next_time_it_begins_with_them() {
    rows.jobs(LINUX, 8);
    rows.run("UPDATE junction.jobs SET created_at = now() - interval '9 y'");
    finishedLongAgo("id IN (5, 8)");
    assertThat(sweep()).isEqualTo(2);
    finishedLongAgo("id = 1");
    assertThat(sweep()).isEqualTo(1);
    assertThat(rows.texts("SELECT id FROM junction.jobs ORDER BY id"))
        .containsExactly("2", "3", "4", "6", "7");
  }

  @Test
  void it_looks_no_further_than_a_batch_of_jobs_that_came_within_the_retention() {
    rows.jobs(LINUX, 7);
    finishedLongAgo("id = 7");
    assertThat(pruner.run(Wake.POLL)).isEqualTo(new PruneRound(0, 0, 0, 0, 0, null));
    rows.run("UPDATE junction.jobs SET created_at = now() - interval '2 d' WHERE id IN (3, 6)");
    assertThat(sweep()).isEqualTo(1);
  }

  @Test
  void it_removes_a_batch_at_a_time_and_rests_for_seven_times_as_long_as_that_took() {
    rows.jobs(LINUX, 7);
    finishedLongAgo();
    for (int batch = 0; batch < 2; batch++) {
      long begin = System.nanoTime();
      var round = pruner.run(Wake.POLL);
      var took = Duration.ofNanos(System.nanoTime() - begin);
      assertThat(round.jobs()).isEqualTo(3);
      assertThat(round.again()).isFalse();
      assertThat(round.nextLook()).isPositive().isLessThanOrEqualTo(took.multipliedBy(7));
    }
    assertThat(pruner.run(Wake.POLL)).isEqualTo(new PruneRound(1, 0, 0, 0, 0, null));
  }

  /** The restart has the row when the pruner comes by; whoever restarts a job keeps it. */
  @Test
  void a_restart_in_between_wins() {
    rows.job(LINUX);
    finishedLongAgo();
    var restarted = new CountDownLatch(1);
    var pruned = new CountDownLatch(1);
    try (var api = new DispatcherCopy()) {
      Concurrently.run(
          () -> {
            api.transaction()
                .executeWithoutResult(
                    status -> {
                      api.get(JdbcClient.class)
                          .sql(
                              """
                              UPDATE jobs SET state = 'created', queued_at = NULL,
                                finished_at = NULL
                              """)
                          .update();
                      restarted.countDown();
                      await(pruned);
                    });
            return true;
          },
          () -> {
            await(restarted);
            assertThat(pruner.run(Wake.POLL).jobs()).isZero();
            pruned.countDown();
            return true;
          });
    }
    assertThat(pruner.run(Wake.POLL).jobs()).isZero();
    assertThat(rows.text("SELECT state FROM junction.jobs")).isEqualTo("created");
  }

  @Test
  void workers_that_are_gone_for_long_go_unless_they_hold_something() {
    var retired = rows.worker(LINUX, 1);
    var lost = rows.worker(LINUX, 1);
    var holding = rows.worker(LINUX, 1);
    var alive = rows.worker(LINUX, 1);
    var fresh = rows.worker(LINUX, 1);
    rows.running(LINUX, holding);
    for (var worker : new Object[] {retired, lost, holding, alive}) {
      rows.run(
          "UPDATE junction.worker_heartbeats SET last_heartbeat = now() - interval '2 d'"
              + " WHERE worker_id = ?",
          worker);
    }
    rows.run(
        "UPDATE junction.workers SET retired_at = now() - interval '2 d' WHERE id = ?", retired);
    rows.run("UPDATE junction.workers SET lost_at = now() - interval '2 d' WHERE id = ?", lost);
    rows.run("UPDATE junction.workers SET lost_at = now() - interval '2 d' WHERE id = ?", holding);
    rows.run("UPDATE junction.workers SET retired_at = now() WHERE id = ?", fresh);

    assertThat(pruner.run(Wake.POLL).workers()).isEqualTo(2);
    assertThat(rows.texts("SELECT id FROM junction.workers"))
        .containsExactlyInAnyOrder("" + holding, "" + alive, "" + fresh);
    assertThat(rows.number("SELECT count(*) FROM junction.worker_heartbeats")).isEqualTo(3);
  }

  /** As long as there is more: how many jobs went. */
  private int sweep() {
    int removed = 0;
    for (int batch = 0; batch < 10; batch++) {
      var round = pruner.run(Wake.POLL);
      removed += round.jobs();
      if (round.nextLook() == null) {
        return removed;
      }
    }
    throw new AssertionError("the walk does not end");
  }

  private void finishedLongAgo() {
    finishedLongAgo("true");
  }

  private void finishedLongAgo(String condition) {
    rows.run(
        "UPDATE junction.jobs SET state = 'passed', finished_at = now() - interval '2 d' WHERE "
            + condition);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
