package io.junction.standalone.demo;

import io.junction.standalone.console.Refusal;
import io.junction.standalone.postgres.Postgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** The other way in: a scheduler's own transaction, and a look at what was written down. */
final class SqlDoor {

  private static final String ENQUEUE = "SELECT junction.enqueue(?, ?::jsonb, exclusive => ?)";

  /** Queued, received or started at a time: what each event of a job adds to that. */
  private static final String MOST_RUNNING =
      """
      SELECT max(running) FROM (
        SELECT sum(CASE WHEN kind = 'job:queued' THEN 1
                        WHEN kind IN ('job:finished', 'job:canceled', 'job:restarted') THEN -1
                        ELSE 0 END) OVER (ORDER BY id) AS running
        FROM junction.events WHERE owner = ? AND job_id IS NOT NULL) AS counted
      """;

  private final Postgres postgres;
  private final JsonMapper json = new JsonMapper();

  SqlDoor(Postgres postgres) {
    this.postgres = postgres;
  }

  /** In one transaction; their ids, in their order. */
  List<Long> enqueue(List<DemoJob> jobs) {
    try (var connection = connect()) {
      var ids = enqueue(connection, jobs);
      connection.commit();
      return ids;
    } catch (SQLException e) {
      throw new Refusal("FAILED: the jobs cannot be enqueued by SQL: " + e.getMessage(), e);
    }
  }

  /** In one transaction that is rolled back: nobody will ever see them. */
  void enqueueAndRollBack(List<DemoJob> jobs) {
    try (var connection = connect()) {
      enqueue(connection, jobs);
      connection.rollback();
    } catch (SQLException e) {
      throw new Refusal("FAILED: a job cannot be rolled back: " + e.getMessage(), e);
    }
  }

  /** How many jobs of an owner ran at the same time at most, by the events of all of them. */
  int mostRunning(String owner) {
    try (var connection = connect();
        var statement = connection.prepareStatement(MOST_RUNNING)) {
      statement.setString(1, owner);
      try (var rows = statement.executeQuery()) {
        rows.next();
        return rows.getInt(1);
      }
    } catch (SQLException e) {
      throw new Refusal("FAILED: the events cannot be read by SQL: " + e.getMessage(), e);
    }
  }

  private Connection connect() throws SQLException {
    var connection =
        DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
    connection.setAutoCommit(false);
    return connection;
  }

  private List<Long> enqueue(Connection connection, List<DemoJob> jobs) throws SQLException {
    var ids = new ArrayList<Long>();
    try (var statement = connection.prepareStatement(ENQUEUE)) {
      for (var job : jobs) {
        statement.setString(1, job.queue());
        statement.setString(2, json.writeValueAsString(job.config()));
        statement.setBoolean(3, job.exclusive());
        try (var rows = statement.executeQuery()) {
          rows.next();
          ids.add(rows.getLong(1));
        }
      }
    }
    return ids;
  }
}
