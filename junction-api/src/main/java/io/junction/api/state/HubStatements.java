package io.junction.api.state;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which assignment somebody speaks of who names its job. */
@Component
class HubStatements {

  static final String FIND =
      """
      SELECT j.state, (
        SELECT a.id FROM assignments a
        WHERE a.job_id = ANY (ARRAY[j.id]) AND a.worker_id = :worker
          AND (:assignment::uuid IS NULL OR a.id = ANY (ARRAY[:assignment::uuid]))
        ORDER BY a.number DESC LIMIT 1) AS assignment_id
      FROM jobs j WHERE j.id = :job
      """;

  private final JdbcClient jdbc;

  HubStatements(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Empty when there is no such job. */
  Optional<Spoken> find(long job, UUID worker, @Nullable UUID assignment) {
    return jdbc.sql(FIND)
        .param("job", job)
        .param("worker", worker)
        .param("assignment", assignment)
        .query(
            (row, n) ->
                new Spoken(row.getObject("assignment_id", UUID.class), row.getString("state")))
        .optional();
  }

  /** The last that the worker had of the job; null when it never had one. */
  record Spoken(@Nullable UUID assignment, String state) {}
}
