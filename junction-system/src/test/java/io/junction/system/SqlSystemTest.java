package io.junction.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a scheduler writes by plain SQL, inside its own transactions. */
@Order(2)
@ExtendWith(ClusterExtension.class)
class SqlSystemTest {

  private static final String ENQUEUE = "SELECT junction.enqueue('%s', '%s')";

  private static final String INSERT =
      """
      WITH job AS (
        INSERT INTO junction.jobs (queue, state, queued_at) VALUES ('%s', 'queued', now())
        RETURNING id
      )
      INSERT INTO junction.job_configs (job_id, config) SELECT id, '%s' FROM job
      """;

  @TempDir Path folder;

  @Test
  void what_is_committed_runs_and_what_is_rolled_back_is_never_seen(Cluster cluster)
      throws SQLException {
    var scheduler = new Scheduler(cluster.jdbc());
    String queue = "sql";
    cluster.worker(queue, 4);
    cluster.awaitWorkers(queue, 1);
    try (var connection = cluster.postgres().dataSource().getConnection()) {
      connection.setAutoCommit(false);
      execute(connection, ENQUEUE.formatted(queue, touch("rolled-back-function")));
      execute(connection, INSERT.formatted(queue, touch("rolled-back-insert")));
      connection.rollback();
      execute(connection, ENQUEUE.formatted(queue, touch("function")));
      execute(connection, INSERT.formatted(queue, touch("insert")));
      assertThat(scheduler.finals(queue)).as("final jobs before the commit").isZero();
      connection.commit();
    }
    scheduler.awaitFinals(queue, 2);
    assertThat(folder.resolve("function")).exists();
    assertThat(folder.resolve("insert")).exists();
    assertThat(folder.resolve("rolled-back-function")).doesNotExist();
    assertThat(folder.resolve("rolled-back-insert")).doesNotExist();
    new History(cluster.jdbc()).of(queue).shows(2).showsNothingLost();
  }

  @Test
  void a_config_that_no_executor_understands_ends_errored_and_the_queue_goes_on(Cluster cluster) {
    var scheduler = new Scheduler(cluster.jdbc());
    String queue = "bad-configs";
    cluster.worker(queue, 1);
    long unknown = scheduler.enqueue(queue, "{\"executor\": \"quantum\"}", false);
    long missing = scheduler.enqueue(queue, "{}", false);
    long wrong = scheduler.enqueue(queue, "{\"command\": 5, \"\\ud83d\\ude00\": [[[]]]}", false);
    long good = scheduler.enqueue(queue, touch("good"), false);
    scheduler.awaitState(good, "passed");
    assertThat(scheduler.job(unknown).state()).isEqualTo("errored");
    assertThat(scheduler.job(unknown).reason()).contains("quantum");
    assertThat(scheduler.job(missing).state()).isEqualTo("errored");
    assertThat(scheduler.job(missing).reason()).contains("command");
    assertThat(scheduler.job(wrong).state()).isEqualTo("errored");
    assertThat(scheduler.job(wrong).reason()).contains("command");
    var evidence = new History(cluster.jdbc()).of(queue).showsNothingLost();
    assertThat(evidence.endedOnce()).isEqualTo(4);
    assertThat(evidence.afterTheEnd()).isZero();
    assertThat(Files.exists(folder.resolve("good"))).isTrue();
  }

  private String touch(String name) {
    return "{\"command\": [\"touch\", \"%s\"]}".formatted(folder.resolve(name));
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
