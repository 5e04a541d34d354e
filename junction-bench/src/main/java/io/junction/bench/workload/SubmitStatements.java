package io.junction.bench.workload;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** A customer's scheduler that queues jobs by plain SQL, one in each transaction. */
final class SubmitStatements implements AutoCloseable {

  private static final String ENQUEUE = "SELECT junction.enqueue(?, '{\"command\": \"true\"}')";

  private final Connection connection;
  private final PreparedStatement enqueue;

  SubmitStatements(Connection connection) throws SQLException {
    this.connection = connection;
    connection.setAutoCommit(false);
    this.enqueue = connection.prepareStatement(ENQUEUE);
  }

  /** Returns the job's id once it is committed. */
  long enqueue(String queue) throws SQLException {
    enqueue.setString(1, queue);
    try (var rows = enqueue.executeQuery()) {
      rows.next();
      long id = rows.getLong(1);
      connection.commit();
      return id;
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
