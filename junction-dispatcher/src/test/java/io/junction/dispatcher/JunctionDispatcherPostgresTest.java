package io.junction.dispatcher;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.junction.testing.Postgres;
import io.junction.testing.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole process with its loops. */
@Postgres
class JunctionDispatcherPostgresTest {

  private static final String LINUX = "builds.linux";

  @Test
  void jobs_are_queued_placed_and_taken_back_and_its_door_tells_how_it_is(TestDatabase database)
      throws IOException, InterruptedException {
    var rows = new Rows(database);
    rows.listeningFor("1 h");
    try (var process = start(database)) {
      rows.worker(LINUX, 3);
      rows.run(
          "INSERT INTO junction.jobs (queue) SELECT 'builds.linux' FROM generate_series(1, 5)");
      rows.number("SELECT junction.enqueue('builds.linux')");
      rows.number("SELECT junction.enqueue(config => '{\"os\": \"linux\"}')");
      await().atMost(20, SECONDS).until(() -> openAssignments(rows) == 3);
      await()
          .atMost(20, SECONDS)
          .until(
              () ->
                  rows.number("SELECT count(*) FROM junction.jobs WHERE queue = 'builds.linux'")
                      == 7);

      var dead = rows.worker("dead", 1);
      var assignment = rows.running("dead", dead);
      rows.silentFor(dead, "1 h");
      await()
          .atMost(20, SECONDS)
          .until(
              () ->
                  rows.text("SELECT outcome FROM junction.assignments WHERE id = ?", assignment)
                      .equals("lost"));
      assertThat(get(process, "health/readiness")).isEqualTo("{\"status\":\"UP\"}");
      assertThat(get(process, "health/liveness")).isEqualTo("{\"status\":\"UP\"}");
      assertThat(get(process, "prometheus"))
          .contains("junction_placements_total 3.0")
          .contains("junction_rounds_seconds_count{loop=\"dispatch\"}");
    }
  }

  /**
   * Whatever moment the end comes at, each job is either untouched or placed with its assignment.
   */
  @Test
  void an_end_in_the_middle_of_rounds_leaves_nothing_half_done(TestDatabase database) {
    var rows = new Rows(database);
    rows.listeningFor("1 h");
    rows.jobs(LINUX, 40_000);
    try (var process = start(database)) {
      for (int w = 0; w < 20; w++) {
        rows.worker(LINUX, 10_000);
      }
      assertThat(process.isActive()).isTrue();
      await().atMost(20, SECONDS).until(() -> openAssignments(rows) > 0);
    }
    assertThat(openAssignments(rows)).isLessThanOrEqualTo(40_000);
    assertThat(
            rows.number(
                """
                SELECT count(*) FROM junction.jobs j
                FULL JOIN junction.assignments a ON a.id = j.assignment_id AND a.job_id = j.id
                WHERE (j.assignment_id IS NULL) <> (a.id IS NULL) OR j.id IS NULL
                """))
        .isZero();
    await()
        .atMost(20, SECONDS)
        .until(
            () ->
                rows.number(
                        """
                        SELECT count(*) FROM pg_stat_activity
                        WHERE application_name IN ('junction-dispatcher', 'junction-hints')
                        """)
                    == 0);
  }

  private static ConfigurableApplicationContext start(TestDatabase database) {
    return JunctionDispatcher.start(
        "--junction.database.url=" + database.jdbcUrl(),
        "--junction.database.username=" + database.username(),
        "--junction.database.password=" + database.password(),
        "--junction.queue-rules.list={\"default\": \"builds.linux\"}",
        "--management.server.port=0",
        "--logging.level.root=WARN");
  }

  private static long openAssignments(Rows rows) {
    return rows.number("SELECT count(*) FROM junction.assignments WHERE ended_at IS NULL");
  }

  private static String get(ConfigurableApplicationContext process, String path)
      throws IOException, InterruptedException {
    var port = process.getEnvironment().getRequiredProperty("local.management.port");
    try (var client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator/" + path));
      return client.send(request.build(), BodyHandlers.ofString()).body();
    }
  }
}
