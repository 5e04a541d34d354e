package io.junction.bench.workload;

import io.junction.bench.house.Database;
import java.sql.Connection;
import java.sql.SQLException;

/** A session that began a transaction and went away, as a forgotten console does. */
public final class Hold implements AutoCloseable {

  private final Connection connection;

  private Hold(Connection connection) {
    this.connection = connection;
  }

  /** From here on no row that dies can be removed. It reads no table, so it locks none. */
  public static Hold begin(Database database) throws SQLException {
    var connection = database.connect();
    connection.setAutoCommit(false);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    try (var statement = connection.createStatement()) {
      statement.execute("SELECT pg_current_xact_id()");
    }
    return new Hold(connection);
  }

  @Override
  public void close() throws SQLException {
    connection.rollback();
    connection.close();
  }
}
