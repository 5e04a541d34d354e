package io.junction.api.assignment;

import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The heartbeat of one assignment. */
@Component
class AssignmentStatements {

  static final String RENEW =
      """
      WITH renewed AS (
        UPDATE assignments SET last_heartbeat = now()
        WHERE id = :id AND worker_id = :worker AND coalesce(outcome, 'none') = 'none'
        RETURNING worker_id
      )
      UPDATE worker_heartbeats h SET last_heartbeat = now()
      FROM renewed r CROSS JOIN LATERAL (
        SELECT n.chapter FROM worker_heartbeats n
        WHERE n.worker_id = r.worker_id ORDER BY n.chapter DESC LIMIT 1) AS newest
      WHERE h.worker_id = ANY (ARRAY[r.worker_id]) AND h.chapter >= newest.chapter
      """;

  private static final String READ =
      """
      SELECT a.id, a.attempt, a.ended_at IS NULL AS open, j.state
      FROM assignments a JOIN jobs j ON j.id = ANY (ARRAY[a.job_id])
      WHERE a.id = :id AND a.worker_id = :worker
      """;

  private final JdbcClient jdbc;

  AssignmentStatements(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void renew(UUID id, UUID worker) {
    jdbc.sql(RENEW).param("id", id).param("worker", worker).update();
  }

  Optional<Standing> read(UUID id, UUID worker) {
    return jdbc.sql(READ)
        .param("id", id)
        .param("worker", worker)
        .query(
            (row, n) ->
                new Standing(
                    row.getObject("id", UUID.class),
                    row.getInt("attempt"),
                    row.getBoolean("open"),
                    row.getString("state")))
        .optional();
  }

  record Standing(UUID id, int attempt, boolean open, String state) {}
}
