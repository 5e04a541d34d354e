package io.junction.dispatcher.prune;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.dispatcher.DispatcherCopy;
import io.junction.dispatcher.Rows;
import io.junction.dispatcher.loop.Wake;
import io.junction.testing.Postgres;
import io.junction.testing.TestDatabase;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Builds and events; the retention of builds is a day, that of events an hour. */
@Postgres
class PruneBuildsPostgresTest {

  private DispatcherCopy copy;
  private Pruner pruner;
  private Rows rows;

  @BeforeEach
  void start(TestDatabase database) {
    rows = new Rows(database);
    copy =
        new DispatcherCopy(
            Map.of(
                "junction.retention", "1d",
                "junction.events.retention", "1h",
                "junction.pruner.batch", "20"));
    pruner = copy.get(Pruner.class);
  }

  @AfterEach
  void stop() {
    copy.close();
  }

  @Test
  void a_build_goes_with_all_that_is_of_it_and_no_job_goes_without_its_build() {
    long build = buildWithJobs(2);
    long fresh = buildWithJobs(1);
    rows.run("UPDATE junction.jobs SET state = 'passed', finished_at = now() - interval '2 d'");
    finish(build, "25 h");
    finish(fresh, "23 h");
    assertThat(pruner.run(Wake.POLL)).isEqualTo(new PruneRound(0, 1, 0, 0, 0, null));
    assertThat(rows.texts("SELECT id FROM junction.builds")).containsExactly("" + fresh);
    for (var table : new String[] {"jobs", "stages", "build_configs", "job_configs"}) {
      assertThat(rows.number("SELECT count(*) FROM junction." + table)).as(table).isEqualTo(1);
    }
    assertThat(rows.number("SELECT count(*) FROM junction.assignments")).isEqualTo(1);
  }

  @Test
  void a_build_stays_until_the_last_of_its_jobs_is_over() {
    long build = buildWithJobs(2);
    rows.run(
        "UPDATE junction.jobs SET state = 'passed', finished_at = now() - interval '2 d'"
            + " WHERE id = (SELECT min(id) FROM junction.jobs)");
    finish(build, "25 h");
    assertThat(pruner.run(Wake.POLL).builds()).isZero();
    rows.run("UPDATE junction.jobs SET state = 'passed', finished_at = now()");
    assertThat(pruner.run(Wake.POLL).builds()).isEqualTo(1);
    assertThat(rows.number("SELECT count(*) FROM junction.jobs")).isZero();
  }

  /** The restart has the build's row when the pruner comes by. */
  @Test
  void a_restart_in_between_wins() {
    long build = buildWithJobs(1);
    rows.run("UPDATE junction.jobs SET state = 'passed', finished_at = now() - interval '2 d'");
    finish(build, "25 h");
    try (var api = new DispatcherCopy()) {
      api.transaction()
          .executeWithoutResult(
              status -> {
                var jdbc = api.get(JdbcClient.class);
                jdbc.sql("UPDATE builds SET state = 'created', finished_at = NULL").update();
                assertThat(pruner.run(Wake.POLL).builds()).isZero();
                jdbc.sql(
                        """
                        UPDATE jobs SET state = 'created', queued_at = NULL, finished_at = NULL
                        """)
                    .update();
              });
    }
    assertThat(pruner.run(Wake.POLL).builds()).isZero();
    assertThat(rows.text("SELECT state FROM junction.jobs")).isEqualTo("created");
  }

  @Test
  void two_builds_of_twenty_jobs_make_a_batch() {
    for (int n = 0; n < 3; n++) {
      finish(buildWithJobs(0), "25 h");
    }
    var round = pruner.run(Wake.POLL);
    assertThat(round.builds()).isEqualTo(2);
    assertThat(round.nextLook()).isNotNull();
    assertThat(pruner.run(Wake.POLL)).isEqualTo(new PruneRound(0, 1, 0, 0, 0, null));
  }

  @Test
  void events_go_by_their_ids_up_to_the_first_that_is_not_old() {
    event("2 h", 3);
    event("59 min", 1);
    event("2 h", 1);
    assertThat(pruner.run(Wake.POLL)).isEqualTo(new PruneRound(0, 0, 3, 0, 0, null));
    assertThat(rows.texts("SELECT id FROM junction.events ORDER BY id")).containsExactly("4", "5");
  }

  @Test
  void full_batches_of_events_go_on_where_the_last_one_ended_and_what_came_late_is_found() {
    event("2 h", 401);
    rows.run("DELETE FROM junction.events WHERE id = 7");
    assertThat(pruner.run(Wake.POLL).events()).isEqualTo(200);
    rows.run(
        """
        INSERT INTO junction.events (id, kind, version, at) OVERRIDING SYSTEM VALUE
        VALUES (7, 'job:started', 1, now() - interval '2 h')
        """);
    var second = pruner.run(Wake.POLL);
    assertThat(second.events()).isEqualTo(200);
    assertThat(second.nextLook()).isNotNull();
    assertThat(pruner.run(Wake.POLL)).isEqualTo(new PruneRound(0, 0, 0, 0, 0, null));
    assertThat(rows.texts("SELECT id FROM junction.events")).containsExactly("7");
    assertThat(pruner.run(Wake.POLL)).isEqualTo(new PruneRound(0, 0, 1, 0, 0, null));
  }

  /** Of a stage, each job with a config and an attempt. */
  private long buildWithJobs(int count) {
    long build = rows.number("INSERT INTO junction.builds DEFAULT VALUES RETURNING id");
    rows.run("INSERT INTO junction.build_configs (build_id) VALUES (?)", build);
    long stage =
        rows.number(
            "INSERT INTO junction.stages (build_id, number) VALUES (?, 1) RETURNING id", build);
    rows.run(
        """
        WITH job AS (
          INSERT INTO junction.jobs (queue, state, queued_at, build_id, stage_id)
          SELECT 'q', 'queued', now(), ?, ? FROM generate_series(1, ?) RETURNING id
        ), config AS (
          INSERT INTO junction.job_configs (job_id) SELECT id FROM job
        )
        INSERT INTO junction.assignments
          (id, job_id, worker_id, queue, attempt, ended_at, outcome)
        SELECT gen_random_uuid(), id, gen_random_uuid(), 'q', 1, now(), 'finished' FROM job
        """,
        build,
        stage,
        count);
    return build;
  }

  private void finish(long build, String ago) {
    rows.run(
        "UPDATE junction.builds SET state = 'passed', finished_at = now() - ?::interval"
            + " WHERE id = ?",
        ago,
        build);
  }

  private void event(String age, int count) {
    rows.run(
        """
        INSERT INTO junction.events (kind, version, at)
        SELECT 'job:started', 1, now() - ?::interval FROM generate_series(1, ?)
        """,
        age,
        count);
  }
}
