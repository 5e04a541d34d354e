package io.junction.api.event;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/** A connection that writes events in transactions, as slowly as a test wants. */
final class Writer implements AutoCloseable {

  private static final AtomicLong ALONE = new AtomicLong(1_000);

  private final Connection connection;
  private final List<Long> written = new ArrayList<>();
  private boolean begun;
  private int following;

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
    return write(job, 1);
  }

  /** The first of so many; those written next are the others. */
  long write(long job, int run) {
    begin();
    long id =
        number(
            "INSERT INTO events (kind, version, job_id, run) VALUES ('job:started', 1, %d, %d)"
                    .formatted(job, following > 0 ? 0 : run)
                + " RETURNING id");
    following = (following > 0 ? following : run) - 1;
    written.add(id);
    return id;
  }

  /** Writes until its run is whole, as a statement does: of jobs that nobody else has. */
  void finishRun() {
    while (following > 0) {
      write(ALONE.incrementAndGet());
    }
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
    if (following > 0) {
      throw new IllegalStateException("a statement is whole when its transaction ends");
    }
    end(true);
    var committed = List.copyOf(written);
    written.clear();
    return committed;
  }

  void rollBack() {
    end(false);
    following = 0;
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
