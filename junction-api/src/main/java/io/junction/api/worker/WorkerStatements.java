package io.junction.api.worker;

import io.junction.api.json.JsonObject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the API asks and writes of workers. */
@Component
class WorkerStatements {

  private static final String ENSURE_QUEUE =
      "INSERT INTO queues (name) VALUES (:queue) ON CONFLICT (name) DO NOTHING";

  private static final String REGISTER =
      """
      WITH worker AS (
        INSERT INTO workers (
          id, queue, name, version, max_job_count, attributes,
          token_hash, lease_ms, silence_ms)
        VALUES (
          :id, :queue, :name, :version, :maxJobCount, :attributes::jsonb,
          :tokenHash, :leaseMs, :silenceMs)
        RETURNING id
      )
      INSERT INTO worker_heartbeats (worker_id) SELECT id FROM worker
      """;

  private static final String RETIRE =
      """
      UPDATE workers SET retired_at = now() WHERE id = :id AND retired_at IS NULL
      """;

  private static final String DRAIN =
      """
      UPDATE workers SET draining_at = now()
      WHERE id = :id AND draining_at IS NULL AND retired_at IS NULL
      """;

  private static final String OPEN =
      """
      SELECT a.id FROM workers w JOIN assignments a ON a.queue = w.queue AND a.worker_id = w.id
      WHERE w.id = :id AND a.ended_at IS NULL ORDER BY a.id
      """;

  private static final String ONE =
      """
      SELECT w.id, w.queue, w.name, w.version, w.max_job_count,
        w.attributes::text AS attributes,
        w.registered_at, w.draining_at, w.lost_at, w.retired_at, h.last_heartbeat,
        (SELECT count(*) FROM assignments a
         WHERE a.queue = w.queue AND a.worker_id = w.id AND a.ended_at IS NULL) AS assignment_count
      FROM workers w LEFT JOIN worker_heartbeats h ON h.worker_id = w.id
      WHERE w.id = :id
      """;

  private static final String PAGE =
      """
      SELECT w.id, w.queue, w.name, w.version, w.max_job_count,
        w.attributes::text AS attributes,
        w.registered_at, w.draining_at, w.lost_at, w.retired_at, h.last_heartbeat,
        (SELECT count(*) FROM assignments a
         WHERE a.queue = w.queue AND a.worker_id = w.id AND a.ended_at IS NULL) AS assignment_count
      FROM workers w LEFT JOIN worker_heartbeats h ON h.worker_id = w.id
      WHERE w.id > coalesce(:after::uuid, '00000000-0000-0000-0000-000000000000')
        AND (:queue::text IS NULL OR w.queue = :queue)
        AND (:version::text IS NULL OR w.version = :version)
      ORDER BY w.id
      LIMIT :limit
      """;

  private final JdbcClient jdbc;

  WorkerStatements(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void ensureQueue(String queue) {
    jdbc.sql(ENSURE_QUEUE).param("queue", queue).update();
  }

  void register(UUID id, RegisterRequest request, byte[] tokenHash, long leaseMs, long silenceMs) {
    var attributes = request.attributes();
    jdbc.sql(REGISTER)
        .param("id", id)
        .param("queue", request.queue())
        .param("name", request.name())
        .param("version", request.version())
        .param("maxJobCount", request.maxJobCount())
        .param("attributes", (attributes == null ? JsonObject.EMPTY : attributes).text())
        .param("tokenHash", tokenHash)
        .param("leaseMs", leaseMs)
        .param("silenceMs", silenceMs)
        .update();
  }

  boolean retire(UUID id) {
    return jdbc.sql(RETIRE).param("id", id).update() == 1;
  }

  boolean drain(UUID id) {
    return jdbc.sql(DRAIN).param("id", id).update() == 1;
  }

  List<UUID> openAssignments(UUID worker) {
    return jdbc.sql(OPEN)
        .param("id", worker)
        .query((row, n) -> row.getObject("id", UUID.class))
        .list();
  }

  Optional<WorkerResponse> one(UUID id) {
    return jdbc.sql(ONE).param("id", id).query(WorkerStatements::worker).optional();
  }

  List<WorkerResponse> page(
      @Nullable String queue, @Nullable String version, @Nullable UUID after, int limit) {
    return jdbc.sql(PAGE)
        .param("queue", queue)
        .param("version", version)
        .param("after", after == null ? null : after.toString())
        .param("limit", limit)
        .query(WorkerStatements::worker)
        .list();
  }

  private static WorkerResponse worker(ResultSet row, int n) throws SQLException {
    var drainingAt = instant(row, "draining_at");
    var lostAt = instant(row, "lost_at");
    var retiredAt = instant(row, "retired_at");
    return new WorkerResponse(
        row.getObject("id", UUID.class),
        row.getString("queue"),
        row.getString("name"),
        row.getString("version"),
        retiredAt != null
            ? "retired"
            : lostAt != null ? "lost" : drainingAt != null ? "draining" : "alive",
        row.getObject("max_job_count", Integer.class),
        row.getInt("assignment_count"),
        new JsonObject(row.getString("attributes")),
        row.getObject("registered_at", OffsetDateTime.class).toInstant(),
        instant(row, "last_heartbeat"),
        drainingAt,
        lostAt,
        retiredAt);
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    var value = row.getObject(column, OffsetDateTime.class);
    return value == null ? null : value.toInstant();
  }
}
