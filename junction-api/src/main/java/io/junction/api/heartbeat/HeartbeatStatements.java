package io.junction.api.heartbeat;

import io.junction.api.json.JsonObject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The statements of a batch of heartbeats: each is one for the whole batch. */
@Component
class HeartbeatStatements {

  /**
   * The guard: a heartbeat is heard once, and never after a newer one. Only one whose answer is
   * still held is heard again, as long as it is the newest. Those that are not heard have no row.
   * Rows are locked in the order of their workers. Assignments may be open from the lowest number
   * on that is, or else from the one behind the last that is known; docs/decisions/0015.
   */
  static final String HEAR =
      """
      UPDATE worker_heartbeats h SET
        seq = b.seq, chapter = b.seq / 64, last_heartbeat = now(), listed_at = now(),
        open_from = coalesce((
          SELECT a.number FROM assignments a
          WHERE a.queue = w.queue AND a.worker_id = w.id AND a.ended_at IS NULL
            AND a.number >= h.open_from
          ORDER BY a.number LIMIT 1), (
          SELECT a.number + 1 FROM assignments a
          WHERE a.id = ANY (ARRAY[b.last]) AND a.worker_id = w.id AND a.number >= h.open_from),
          h.open_from)
      FROM (
        SELECT b.*, newest.chapter AS known
        FROM unnest(:workers::uuid[], :seqs::bigint[], :again::boolean[], :last::uuid[])
          AS b(worker_id, seq, again, last)
        CROSS JOIN LATERAL (
          SELECT h.chapter FROM worker_heartbeats h
          WHERE h.worker_id = b.worker_id ORDER BY h.chapter DESC LIMIT 1) AS newest
        ORDER BY b.worker_id OFFSET 0) AS b
      JOIN workers w ON w.id = ANY (ARRAY[b.worker_id])
      WHERE h.worker_id = ANY (ARRAY[b.worker_id]) AND h.chapter >= b.known
        AND (h.seq < b.seq OR (b.again AND h.seq = b.seq))
      RETURNING w.id, w.queue, w.lease_ms, h.open_from,
        w.draining_at IS NOT NULL AS draining, w.lost_at IS NOT NULL AS lost,
        w.retired_at IS NOT NULL AS retired
      """;

  /** The newest heartbeats of these workers; none of those that are unknown. */
  static final String NEWEST =
      """
      SELECT w.id AS worker_id, newest.seq
      FROM workers w CROSS JOIN LATERAL (
        SELECT h.seq FROM worker_heartbeats h
        WHERE h.worker_id = w.id ORDER BY h.chapter DESC LIMIT 1) AS newest
      WHERE w.id = ANY (:workers::uuid[])
      """;

  static final String OPEN =
      """
      SELECT open.id, w.id AS worker_id, open.attempt, open.listed, open.taken_up
      FROM unnest(:workers::uuid[], :queues::text[], :from::bigint[]) AS w(id, queue, open_from)
      CROSS JOIN LATERAL (
        SELECT a.id, a.attempt, a.listed, a.last_heartbeat IS NOT NULL AS taken_up
        FROM assignments a
        WHERE a.queue = w.queue AND a.worker_id = w.id AND a.ended_at IS NULL
          AND a.number >= w.open_from
        OFFSET 0) AS open
      ORDER BY open.id
      """;

  static final String FOREIGN =
      """
      SELECT r.worker_id, r.assignment_id
      FROM unnest(:workers::uuid[], :assignments::uuid[]) AS r(worker_id, assignment_id)
      LEFT JOIN assignments a
        ON a.id = ANY (ARRAY[r.assignment_id]) AND a.worker_id = r.worker_id
      WHERE a.id IS NULL
      """;

  /**
   * Only once for each: then the worker's own row tells when it was last. Skips what somebody is
   * closing, so it never waits. Whether it is open is asked in words that no partial index knows.
   */
  static final String NOTE_LISTED =
      """
      UPDATE assignments SET last_heartbeat = now(), listed = true
      WHERE id = ANY (ARRAY(
        SELECT id FROM assignments
        WHERE id = ANY (:assignments::uuid[]) AND coalesce(outcome, 'none') = 'none'
        FOR UPDATE SKIP LOCKED))
      """;

  private static final String DRAIN =
      "UPDATE workers SET draining_at = now() WHERE id = ANY (:workers::uuid[])"
          + " AND draining_at IS NULL AND retired_at IS NULL";

  private static final String FOUND_AGAIN =
      "UPDATE workers SET lost_at = NULL WHERE id = ANY (:workers::uuid[]) AND lost_at IS NOT NULL";

  /**
   * A row for each open assignment of these workers, or one without; the job where it is not
   * listed. The database trusts a worker that it has heard of lately, and of which it knows no
   * newer beat.
   */
  static final String LOOK =
      """
      SELECT w.id AS worker_id, w.lease_ms,
        w.draining_at IS NOT NULL AS draining, w.retired_at IS NOT NULL AS retired,
        w.lost_at IS NULL AND h.seq <= b.seq
          AND h.last_heartbeat > now() - w.lease_ms * interval '0.5 ms' AS trusted,
        open.id AS assignment_id, open.attempt,
        j.id, j.queue, j.timeout_ms, j.exclusive, c.config::text AS config
      FROM unnest(:workers::uuid[], :seqs::bigint[]) AS b(worker_id, seq)
      CROSS JOIN LATERAL (
        SELECT * FROM worker_heartbeats h
        WHERE h.worker_id = b.worker_id ORDER BY h.chapter DESC LIMIT 1) AS h
      JOIN workers w ON w.id = ANY (ARRAY[b.worker_id])
      LEFT JOIN LATERAL (
        SELECT a.id, a.job_id, a.attempt FROM assignments a
        WHERE a.queue = w.queue AND a.worker_id = w.id AND a.ended_at IS NULL
          AND a.number >= h.open_from
        OFFSET 0) AS open ON true
      LEFT JOIN jobs j ON j.id = ANY (ARRAY[open.job_id]) AND j.assignment_id = ANY (ARRAY[open.id])
        AND open.id <> ALL (:listed::uuid[])
      LEFT JOIN job_configs c ON c.job_id = ANY (ARRAY[j.id])
      ORDER BY open.id
      """;

  static final String JOBS =
      """
      SELECT a.id AS assignment_id, j.id, j.queue, j.timeout_ms, j.exclusive, c.config::text
      FROM assignments a
      JOIN jobs j ON j.id = ANY (ARRAY[a.job_id]) AND j.assignment_id = ANY (ARRAY[a.id])
      LEFT JOIN job_configs c ON c.job_id = ANY (ARRAY[j.id])
      WHERE a.id = ANY (:assignments::uuid[])
      """;

  private final JdbcClient jdbc;

  HeartbeatStatements(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** That a heartbeat was heard, and how its worker stands. */
  record Hearing(
      UUID worker,
      String queue,
      int leaseMs,
      long openFrom,
      boolean draining,
      boolean lost,
      boolean retired) {}

  /** How a worker stands, and perhaps one of its open assignments. */
  record Sight(
      UUID worker,
      int leaseMs,
      Directive directive,
      boolean trusted,
      @Nullable UUID assignment,
      int attempt,
      HeartbeatResponse.@Nullable WorkJob job) {}

  record Open(UUID id, UUID worker, int attempt, boolean listed, boolean takenUp) {}

  record Pair(UUID worker, UUID assignment) {}

  record Payload(UUID assignment, HeartbeatResponse.WorkJob job) {}

  /** With the last assignment that is known of a worker, if any is. */
  List<Hearing> hear(List<Heartbeat> beats, Map<UUID, UUID> last) {
    return jdbc.sql(HEAR)
        .param("workers", ids(beats, Heartbeat::worker))
        .param("seqs", beats.stream().mapToLong(Heartbeat::seq).toArray())
        .param("again", beats.stream().map(Heartbeat::again).toArray(Boolean[]::new))
        .param("last", ids(beats, beat -> last.get(beat.worker())))
        .query(
            (row, n) ->
                new Hearing(
                    row.getObject("id", UUID.class),
                    row.getString("queue"),
                    row.getInt("lease_ms"),
                    row.getLong("open_from"),
                    row.getBoolean("draining"),
                    row.getBoolean("lost"),
                    row.getBoolean("retired")))
        .list();
  }

  /** The number of the newest heartbeat of each of these workers that is known. */
  Map<UUID, Long> newest(Collection<UUID> workers) {
    var newest = new HashMap<UUID, Long>();
    jdbc.sql(NEWEST)
        .param("workers", ids(workers, id -> id))
        .query(
            row -> {
              newest.put(row.getObject("worker_id", UUID.class), row.getLong("seq"));
            });
    return newest;
  }

  List<Open> open(Collection<Hearing> heard) {
    return jdbc.sql(OPEN)
        .param("workers", ids(heard, Hearing::worker))
        .param("queues", heard.stream().map(Hearing::queue).toArray(String[]::new))
        .param("from", heard.stream().mapToLong(Hearing::openFrom).toArray())
        .query(
            (row, n) ->
                new Open(
                    row.getObject("id", UUID.class),
                    row.getObject("worker_id", UUID.class),
                    row.getInt("attempt"),
                    row.getBoolean("listed"),
                    row.getBoolean("taken_up")))
        .list();
  }

  /** Writes nothing. */
  List<Sight> look(Collection<Heartbeat> beats) {
    return jdbc.sql(LOOK)
        .param("workers", ids(beats, Heartbeat::worker))
        .param("seqs", beats.stream().mapToLong(Heartbeat::seq).toArray())
        .param(
            "listed", beats.stream().flatMap(beat -> beat.listed().stream()).toArray(UUID[]::new))
        .query(
            (row, n) ->
                new Sight(
                    row.getObject("worker_id", UUID.class),
                    row.getInt("lease_ms"),
                    Directive.of(row.getBoolean("retired"), row.getBoolean("draining")),
                    row.getBoolean("trusted"),
                    row.getObject("assignment_id", UUID.class),
                    row.getInt("attempt"),
                    row.getObject("id") == null ? null : job(row)))
        .list();
  }

  /** Those pairs in which the assignment was never that worker's. */
  List<Pair> foreign(List<Pair> pairs) {
    return jdbc.sql(FOREIGN)
        .param("workers", ids(pairs, Pair::worker))
        .param("assignments", ids(pairs, Pair::assignment))
        .query(
            (row, n) ->
                new Pair(
                    row.getObject("worker_id", UUID.class),
                    row.getObject("assignment_id", UUID.class)))
        .list();
  }

  /** Those that no heartbeat has listed before. */
  void noteListed(Collection<UUID> assignments) {
    update(NOTE_LISTED, "assignments", assignments);
  }

  void drain(Collection<UUID> workers) {
    update(DRAIN, "workers", workers);
  }

  void foundAgain(Collection<UUID> workers) {
    update(FOUND_AGAIN, "workers", workers);
  }

  List<Payload> jobs(Collection<UUID> assignments) {
    if (assignments.isEmpty()) {
      return List.of();
    }
    return jdbc.sql(JOBS)
        .param("assignments", ids(assignments, id -> id))
        .query((row, n) -> new Payload(row.getObject("assignment_id", UUID.class), job(row)))
        .list();
  }

  private static HeartbeatResponse.WorkJob job(ResultSet row) throws SQLException {
    var config = row.getString("config");
    return new HeartbeatResponse.WorkJob(
        row.getLong("id"),
        row.getString("queue"),
        config == null ? JsonObject.EMPTY : new JsonObject(config),
        row.getObject("timeout_ms", Long.class),
        row.getBoolean("exclusive"));
  }

  private void update(String statement, String name, Collection<UUID> ids) {
    if (!ids.isEmpty()) {
      jdbc.sql(statement).param(name, ids(ids, id -> id)).update();
    }
  }

  private static <T> UUID[] ids(Collection<T> rows, Function<T, @Nullable UUID> column) {
    return rows.stream().map(column).toArray(UUID[]::new);
  }
}
