package io.junction.bench.ceiling;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * The life of jobs as plain set-based SQL on Junction's own tables: one connection, a commit for
 * each step of a batch, nobody else there. No limits, no workers, no guards but the state.
 */
final class SqlLifeStatements implements AutoCloseable {

  private static final String PICK =
      """
      SELECT id, attempt FROM jobs
      WHERE queue = 'bench-1' AND in_line
      ORDER BY -priority, queued_at, id LIMIT ? FOR UPDATE SKIP LOCKED
      """;

  private static final String PLACE =
      """
      WITH placed AS (
        UPDATE jobs j SET assignment_id = p.assignment_id, queued_in = NULL
        FROM unnest(?::bigint[], ?::uuid[]) AS p(job_id, assignment_id)
        WHERE j.id = p.job_id AND j.id = ANY (?::bigint[]) AND j.state = 'queued'
        RETURNING j.id, j.queue, j.attempt, p.assignment_id
      )
      INSERT INTO assignments (id, job_id, worker_id, queue, attempt)
      SELECT assignment_id, id, '00000000-0000-0000-0000-000000000000', queue, attempt FROM placed
      """;

  private static final String RECEIVE =
      """
      UPDATE jobs SET state = 'received', received_at = now(), version = version + 1
      WHERE id = ANY (?::bigint[]) AND state = 'queued'
      """;

  private static final String START =
      """
      UPDATE jobs SET state = 'started', started_at = now(), version = version + 1
      WHERE id = ANY (?::bigint[]) AND state = 'received'
      """;

  private static final String FINISH =
      """
      UPDATE jobs SET state = 'passed', finished_at = now(), version = version + 1,
        received_at = coalesce(received_at, now()), started_at = coalesce(started_at, now())
      WHERE id = ANY (?::bigint[]) AND state IN ('queued', 'started')
      """;

  private static final String END =
      """
      UPDATE assignments SET ended_at = now(), outcome = 'finished'
      WHERE id = ANY (?::uuid[])
      """;

  private final TimeBasedEpochGenerator ids = Generators.timeBasedEpochGenerator();
  private final Connection connection;
  private final PreparedStatement pick;
  private final PreparedStatement place;
  private final PreparedStatement finish;
  private final PreparedStatement end;
  private final List<PreparedStatement> steps = new ArrayList<>();

  SqlLifeStatements(Connection connection, boolean stepByStep) throws SQLException {
    this.connection = connection;
    try (var settings = connection.createStatement()) {
      settings.execute("SET enable_seqscan = off"); // as Junction's own sessions
    }
    connection.setAutoCommit(false);
    pick = connection.prepareStatement(PICK);
    place = connection.prepareStatement(PLACE);
    finish = connection.prepareStatement(FINISH);
    end = connection.prepareStatement(END);
    for (var step : stepByStep ? List.of(RECEIVE, START) : List.<String>of()) {
      steps.add(connection.prepareStatement(step));
    }
  }

  /** Takes the oldest jobs from queued to passed; how many there were. */
  int live(int batch) throws SQLException {
    pick.setInt(1, batch);
    var picked = new ArrayList<Long>();
    try (var rows = pick.executeQuery()) {
      while (rows.next()) {
        picked.add(rows.getLong(1));
      }
    }
    var jobs = connection.createArrayOf("bigint", picked.toArray());
    var assignments = new UUID[picked.size()];
    Arrays.setAll(assignments, i -> ids.generate());
    place.setArray(1, jobs);
    var ended = connection.createArrayOf("uuid", assignments);
    place.setArray(2, ended);
    place.setArray(3, jobs);
    place.executeUpdate();
    connection.commit();
    for (var step : steps) {
      step.setArray(1, jobs);
      step.executeUpdate();
      connection.commit();
    }
    finish.setArray(1, jobs);
    finish.executeUpdate();
    end.setArray(1, ended);
    end.executeUpdate();
    connection.commit();
    return picked.size();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
