package io.junction.dispatcher.dispatch;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import io.junction.dispatcher.plan.OpenSlot;
import io.junction.dispatcher.plan.Placement;
import io.junction.dispatcher.plan.QueueSnapshot;
import io.junction.dispatcher.plan.QueuedJob;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What placing reads and writes, under the queues' locks.
 *
 * <p>{@code in_line} is the predicate of the index {@code jobs_line}: queued, and with no worker.
 */
@Component
class DispatchStatements {

  /**
   * Queues that have both a live worker and a job in their line. It walks over the workers' queues,
   * so that a backlog in queues without workers costs nothing. No row at all: no job is in any
   * line; a null: there are some, but none that has a worker. Jobs are looked for in the order of
   * the index, so that no statistics make the planner read the table.
   */
  static final String LINES =
      """
      WITH RECURSIVE front AS MATERIALIZED (
        SELECT queue FROM jobs WHERE in_line
        ORDER BY queue LIMIT 1
      ), served AS (
        (SELECT queue FROM workers WHERE retired_at IS NULL AND lost_at IS NULL
         ORDER BY queue LIMIT 1)
        UNION ALL
        SELECT (SELECT w.queue FROM workers w
                WHERE w.retired_at IS NULL AND w.lost_at IS NULL AND w.queue > served.queue
                ORDER BY w.queue LIMIT 1)
        FROM served WHERE served.queue IS NOT NULL
      )
      SELECT servable.queue
      FROM front LEFT JOIN LATERAL (
        SELECT queue FROM served
        WHERE EXISTS (SELECT FROM jobs j
                      WHERE j.queue = served.queue AND j.in_line)
          AND EXISTS (SELECT FROM workers w JOIN worker_heartbeats h ON h.worker_id = w.id
                      WHERE w.queue = served.queue AND w.retired_at IS NULL AND w.lost_at IS NULL
                        AND w.draining_at IS NULL
                        AND h.last_heartbeat > now() - w.lease_ms * interval '1 ms')
        LIMIT 10000) AS servable ON true
      """;

  /** A row per queue and live worker, or one with no worker. A queue without a row has no limit. */
  static final String SNAPSHOT =
      """
      WITH live AS MATERIALIZED (
        SELECT queue, worker_id, count(*) AS busy FROM assignments
        WHERE queue = ANY (:queues::text[]) AND ended_at IS NULL GROUP BY queue, worker_id
      ), total AS (
        SELECT queue, sum(busy) AS busy FROM live GROUP BY queue
      ), alive AS (
        SELECT w.id, w.queue, w.max_job_count
        FROM workers w JOIN worker_heartbeats h ON h.worker_id = w.id
        WHERE w.queue = ANY (:queues::text[])
          AND w.retired_at IS NULL AND w.lost_at IS NULL AND w.draining_at IS NULL
          AND h.last_heartbeat > now() - w.lease_ms * interval '1 ms'
      )
      SELECT named.queue, q.capacity, q.paused_at IS NOT NULL AS paused,
             coalesce(total.busy, 0) AS live,
             alive.id AS worker, coalesce(live.busy, 0) AS busy, alive.max_job_count AS max
      FROM unnest(:queues::text[]) AS named(queue)
      LEFT JOIN queues q ON q.name = named.queue
      LEFT JOIN total ON total.queue = named.queue
      LEFT JOIN alive ON alive.queue = named.queue
      LEFT JOIN live ON live.queue = named.queue AND live.worker_id = alive.id
      """;

  /**
   * The fronts of these queues' lines. The inner limit is a constant for the sake of the planner,
   * which would else take a sort of the whole line for cheaper; only rows that are pulled are
   * locked.
   */
  static final String FRONT =
      """
      SELECT front.id, front.queue, front.attempt
      FROM unnest(:queues::text[], :free::integer[]) AS f(queue, free)
      CROSS JOIN LATERAL (
        SELECT * FROM (
          SELECT j.id, j.queue, j.attempt FROM jobs j
          WHERE j.queue = f.queue AND j.in_line
          ORDER BY j.priority DESC, j.queued_at, j.id
          LIMIT 1000 FOR UPDATE SKIP LOCKED) AS line
        LIMIT f.free) AS front
      LIMIT :batch
      """;

  static final String PLACE =
      """
      WITH placed AS (
        UPDATE jobs j SET assignment_id = p.assignment_id
        FROM unnest(:jobs::bigint[], :assignments::uuid[], :workers::uuid[])
          AS p(job_id, assignment_id, worker_id)
        WHERE j.id = p.job_id AND j.id = ANY (:jobs::bigint[])
          AND j.state = 'queued' AND j.assignment_id IS NULL
        RETURNING j.id, j.queue, j.attempt, p.assignment_id, p.worker_id
      )
      INSERT INTO assignments (id, job_id, worker_id, queue, attempt)
      SELECT assignment_id, id, worker_id, queue, attempt FROM placed
      """;

  private final TimeBasedEpochGenerator ids = Generators.timeBasedEpochGenerator();
  private final JdbcClient jdbc;

  DispatchStatements(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Lines lines() {
    var queues = jdbc.sql(LINES).query((row, n) -> Optional.ofNullable(row.getString(1))).list();
    return new Lines(queues.isEmpty(), queues.stream().flatMap(Optional<String>::stream).toList());
  }

  /** The queues in the given order, their lines still empty. */
  List<QueueSnapshot> snapshot(List<String> queues) {
    var rows =
        jdbc
            .sql(SNAPSHOT)
            .param("queues", queues.toArray(String[]::new))
            .query(DispatchStatements::row)
            .list()
            .stream()
            .collect(Collectors.groupingBy(row -> row.queue().queue()));
    return queues.stream().map(queue -> joined(Objects.requireNonNull(rows.get(queue)))).toList();
  }

  /** The jobs to place, locked, per queue in the order of its line; {@code batch} at most. */
  Map<String, List<QueuedJob>> front(List<QueueSnapshot> queues, int batch) {
    return jdbc
        .sql(FRONT)
        .param("queues", queues.stream().map(QueueSnapshot::queue).toArray(String[]::new))
        .param(
            "free",
            queues.stream().map(queue -> Math.min(queue.free(), batch)).toArray(Integer[]::new))
        .param("batch", batch)
        .query((row, n) -> new Waiting(row.getString("queue"), job(row)))
        .list()
        .stream()
        .collect(
            Collectors.groupingBy(
                Waiting::queue, Collectors.mapping(Waiting::job, Collectors.toList())));
  }

  /** Returns how many were placed: all of them, as long as their rows are locked. */
  int place(List<Placement> placements) {
    return jdbc.sql(PLACE)
        .param(
            "jobs", placements.stream().map(placement -> placement.job().id()).toArray(Long[]::new))
        .param(
            "assignments",
            placements.stream().map(placement -> ids.generate()).toArray(UUID[]::new))
        .param("workers", placements.stream().map(Placement::worker).toArray(UUID[]::new))
        .update();
  }

  private static Row row(ResultSet row, int n) throws SQLException {
    var worker = row.getObject("worker", UUID.class);
    return new Row(
        new QueueSnapshot(
            row.getString("queue"),
            row.getObject("capacity", Integer.class),
            row.getBoolean("paused"),
            row.getInt("live"),
            List.of(),
            List.of()),
        worker == null
            ? null
            : new OpenSlot(worker, row.getInt("busy"), row.getObject("max", Integer.class)));
  }

  private static QueueSnapshot joined(List<Row> rows) {
    return rows.getFirst()
        .queue()
        .on(rows.stream().map(Row::slot).filter(Objects::nonNull).toList());
  }

  private static QueuedJob job(ResultSet row) throws SQLException {
    return new QueuedJob(row.getLong("id"), row.getInt("attempt"));
  }

  /**
   * Where jobs wait.
   *
   * @param empty whether none waits anywhere
   * @param servable queues that have both a live worker and a job in their line
   */
  record Lines(boolean empty, List<String> servable) {}

  private record Row(QueueSnapshot queue, @Nullable OpenSlot slot) {}

  private record Waiting(String queue, QueuedJob job) {}
}
