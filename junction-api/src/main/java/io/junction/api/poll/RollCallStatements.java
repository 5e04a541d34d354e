package io.junction.api.poll;

import io.junction.api.poll.Seats.Present;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Notes many idle workers at once. */
@Component
class RollCallStatements {

  /**
   * Notes those of whom the database knows nothing that they should hear, and names the others. Who
   * is locked at this moment is heard elsewhere, or given up on: it is skipped, and named.
   */
  static final String NOTE =
      """
      WITH present AS (
        SELECT * FROM unnest(:workers::uuid[], :seqs::bigint[]) AS p(worker_id, seq)
      ), quiet AS (
        SELECT h.worker_id, p.seq, newest.chapter AS known
        FROM present p
        CROSS JOIN LATERAL (
          SELECT h.chapter FROM worker_heartbeats h
          WHERE h.worker_id = p.worker_id ORDER BY h.chapter DESC LIMIT 1) AS newest
        JOIN worker_heartbeats h
          ON h.worker_id = ANY (ARRAY[p.worker_id]) AND h.chapter >= newest.chapter
        JOIN workers w ON w.id = ANY (ARRAY[p.worker_id])
        WHERE h.seq <= p.seq
          AND coalesce(w.retired_at, w.lost_at, w.draining_at) IS NULL
          AND (SELECT count(*) FROM assignments a
               WHERE a.queue = w.queue AND a.worker_id = w.id AND a.ended_at IS NULL
                 AND a.number >= h.open_from) = 0
        ORDER BY p.worker_id
        FOR UPDATE OF h SKIP LOCKED
      ), noted AS (
        UPDATE worker_heartbeats h SET seq = q.seq, chapter = q.seq / 64, last_heartbeat = now()
        FROM quiet q
        WHERE h.worker_id = ANY (ARRAY[q.worker_id]) AND h.chapter >= q.known
        RETURNING h.worker_id
      )
      SELECT worker_id FROM present
      WHERE worker_id NOT IN (SELECT worker_id FROM noted)
      """;

  private final JdbcClient jdbc;

  RollCallStatements(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Returns the workers that were not noted, since each needs a look of its own. */
  List<UUID> note(List<Present> present) {
    return jdbc.sql(NOTE)
        .param("workers", ids(present))
        .param("seqs", present.stream().mapToLong(Present::seq).toArray())
        .query((row, n) -> row.getObject(1, UUID.class))
        .list();
  }

  private static UUID[] ids(List<Present> rows) {
    return rows.stream().map(Present::worker).toArray(UUID[]::new);
  }
}
