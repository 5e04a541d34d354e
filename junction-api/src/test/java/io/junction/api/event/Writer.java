package io.junction.api.event;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** A connection that writes events in transactions, as slowly as a test wants. */
final class Writer implements AutoCloseable {

  private final Connection connection;
  private final List<Long> written = new ArrayList<>();
  private boolean begun;

  Writer(DataSource source) {
    try {
      this.connection = source.getConnection();
      connection.setAutoCommit(false);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Takes a transaction's number, as whoever changes something has before he tells of it. */
  void begin() {
    if (!begun) {
      number("SELECT pg_current_xact_id()::text::bigint");
      begun = true;
    }
  }

  boolean hasBegun() {
    return begun;
  }

  long write(long job) {
    begin();
    long id =
        number(
            "INSERT INTO events (kind, version, job_id) VALUES ('job:started', 1, "
                + job
                + ") RETURNING id");
    written.add(id);
    return id;
  }

  /** Whoever changes a job has its row until he commits; false when another has it. */
  boolean lock(long job) {
    return number("SELECT pg_try_advisory_xact_lock(" + job + ")::int") == 1;
  }

  void execute(String statement) {
    try (var sql = connection.createStatement()) {
      sql.execute(statement);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What it has written. */
  List<Long> commit() {
    end(true);
    var committed = List.copyOf(written);
    written.clear();
    return committed;
  }

  void rollBack() {
    end(false);
    written.clear();
  }

  private void end(boolean commits) {
    begun = false;
    try {
      if (commits) {
        connection.commit();
      } else {
        connection.rollback();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private long number(String query) {
    try (var sql = connection.createStatement();
        var rows = sql.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
