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
import java.util.Set;
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
        WHERE (SELECT true FROM jobs j WHERE j.queue = served.queue AND j.in_line
               ORDER BY j.priority DESC, j.queued_at, j.id LIMIT 1)
          AND (SELECT true FROM workers w
               WHERE w.queue = served.queue AND w.retired_at IS NULL AND w.lost_at IS NULL
                 AND w.draining_at IS NULL
                 AND (SELECT h.last_heartbeat FROM worker_heartbeats h WHERE h.worker_id = w.id)
                   > now() - w.lease_ms * interval '1 ms'
               LIMIT 1)
        LIMIT 10000) AS servable ON true
      """;

  /**
   * A row per queue and live worker with a free slot, or one with no worker. A queue without a row
   * has no limit; where there is none, live assignments are not counted. Of many workers so many
   * are read as one round may need, from a place on that is another one in each round. Where no job
   * waits, none is.
   *
   * <p>That place is compared together with the queue: an id alone would also be a condition for
   * the key, by which all workers of all queues were walked over for each of the queues.
   */
  static final String SNAPSHOT =
      """
      SELECT named.queue, q.capacity, q.paused_at IS NOT NULL AS paused,
        CASE WHEN q.capacity IS NULL THEN 0 ELSE (
          SELECT count(*) FROM assignments a
          WHERE a.queue = named.queue AND a.ended_at IS NULL) END AS live,
        coalesce(line.waits, false) AS waits, slot.worker, slot.busy, slot.max
      FROM unnest(:queues::text[]) AS named(queue)
      LEFT JOIN queues q ON q.name = ANY (ARRAY[named.queue])
      LEFT JOIN LATERAL (
        SELECT true AS waits FROM jobs j WHERE j.queue = named.queue AND j.in_line
        ORDER BY j.priority DESC, j.queued_at, j.id LIMIT 1) AS line ON true
      LEFT JOIN LATERAL (
        SELECT w.id AS worker, taken.busy, w.max_job_count AS max
        FROM (VALUES (:from::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid),
                     ('00000000-0000-0000-0000-000000000000', :from::uuid)) AS half(first, last)
        CROSS JOIN LATERAL (
          SELECT * FROM workers w
          WHERE w.queue = named.queue AND w.retired_at IS NULL AND w.lost_at IS NULL
            AND (w.queue, w.id) >= (named.queue, half.first)
            AND (w.queue, w.id) < (named.queue, half.last)
          OFFSET 0) AS w
        CROSS JOIN LATERAL (
          SELECT count(*) AS busy FROM assignments a
          WHERE a.queue = w.queue AND a.worker_id = w.id AND a.ended_at IS NULL) AS taken
        WHERE w.draining_at IS NULL
          AND (SELECT h.last_heartbeat FROM worker_heartbeats h WHERE h.worker_id = w.id)
            > now() - w.lease_ms * interval '1 ms'
          AND taken.busy < coalesce(w.max_job_count, :unnamed) AND line.waits
        LIMIT :slots) AS slot ON true
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
        WHERE j.id = ANY (ARRAY[p.job_id]) AND j.state = 'queued' AND j.assignment_id IS NULL
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

  /** The queues in the given order, each with so many workers at most; no jobs yet. */
  Sight look(List<String> queues, int mostWorkers) {
    var rows =
        jdbc
            .sql(SNAPSHOT)
            .param("queues", queues.toArray(String[]::new))
            .param("from", UUID.randomUUID())
            .param("unnamed", OpenSlot.UNNAMED_MAX)
            .param("slots", mostWorkers)
            .query(DispatchStatements::row)
            .list()
            .stream()
            .collect(Collectors.groupingBy(row -> row.queue().queue()));
    return new Sight(
        queues.stream().map(queue -> joined(Objects.requireNonNull(rows.get(queue)))).toList(),
        rows.values().stream()
            .map(List::getFirst)
            .filter(Row::waits)
            .map(row -> row.queue().queue())
            .collect(Collectors.toSet()));
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
        row.getBoolean("waits"),
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

  /**
   * How queues stand.
   *
   * @param waiting those that have a job in their line
   */
  record Sight(List<QueueSnapshot> queues, Set<String> waiting) {}

  private record Row(QueueSnapshot queue, boolean waits, @Nullable OpenSlot slot) {}

  private record Waiting(String queue, QueuedJob job) {}
}
