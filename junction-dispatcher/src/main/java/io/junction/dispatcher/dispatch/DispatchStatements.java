package io.junction.dispatcher.dispatch;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import io.junction.common.plan.OpenSlot;
import io.junction.common.plan.Placement;
import io.junction.common.plan.QueueSnapshot;
import io.junction.common.plan.QueuedJob;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
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

/** What placing reads and writes, under the queues' locks. */
@Component
class DispatchStatements {

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
      SELECT mark.queue, q.capacity, q.paused_at IS NOT NULL AS paused,
        CASE WHEN q.capacity IS NULL THEN 0 ELSE (
          SELECT count(*) FROM assignments a
          WHERE a.queue = mark.queue AND a.ended_at IS NULL) END AS live,
        start.rank, start.queued_at::text AS queued_at, start.id,
        pg_current_snapshot()::text AS seen, slot.worker, slot.busy, slot.max
      FROM unnest(
          :queues::text[], :ranks::integer[], :since::timestamptz[], :ids::bigint[],
          :seen::pg_snapshot[]
        ) AS mark(queue, rank, queued_at, id, seen)
      LEFT JOIN queues q ON q.name = ANY (ARRAY[mark.queue])
      LEFT JOIN LATERAL (
      """
          + LineStatements.START
          + """
      ) AS start ON true
      LEFT JOIN LATERAL (
        SELECT w.id AS worker, taken.busy, w.max_job_count AS max
        FROM (VALUES (:from::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid),
                     ('00000000-0000-0000-0000-000000000000', :from::uuid)) AS half(first, last)
        CROSS JOIN LATERAL (
          SELECT * FROM workers w
          WHERE w.queue = mark.queue AND w.retired_at IS NULL AND w.lost_at IS NULL
            AND (w.queue, w.id) >= (mark.queue, half.first)
            AND (w.queue, w.id) < (mark.queue, half.last)
          OFFSET 0) AS w
        CROSS JOIN LATERAL (
          SELECT h.last_heartbeat, h.open_from FROM worker_heartbeats h
          WHERE h.worker_id = w.id ORDER BY h.chapter DESC LIMIT 1) AS heard
        CROSS JOIN LATERAL (
          SELECT count(*) AS busy FROM assignments a
          WHERE a.queue = w.queue AND a.worker_id = w.id AND a.ended_at IS NULL
            AND a.number >= heard.open_from) AS taken
        WHERE w.draining_at IS NULL
          AND heard.last_heartbeat > now() - w.lease_ms * interval '1 ms'
          AND taken.busy < coalesce(w.max_job_count, :unnamed) AND start.id IS NOT NULL
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
      FROM unnest(
          :queues::text[], :ranks::integer[], :since::timestamptz[], :ids::bigint[],
          :seen::pg_snapshot[], :free::integer[]
        ) AS mark(queue, rank, queued_at, id, seen, free)
      CROSS JOIN LATERAL (
      """
          + LineStatements.START
          + """
      ) AS start
      CROSS JOIN LATERAL (
        SELECT * FROM (
          SELECT j.id, j.queue, j.attempt FROM jobs j
          WHERE (j.queue, -j.priority, j.queued_at, j.id)
              >= (mark.queue, start.rank, start.queued_at, start.id)
            AND j.queue <= mark.queue AND j.in_line
          ORDER BY j.queue, -j.priority, j.queued_at, j.id
          LIMIT 1000 FOR UPDATE SKIP LOCKED) AS line
        LIMIT mark.free) AS front
      LIMIT :batch
      """;

  static final String PLACE =
      """
      WITH placed AS (
        UPDATE jobs j SET assignment_id = p.assignment_id, queued_in = NULL
        FROM unnest(:jobs::bigint[], :assignments::uuid[], :workers::uuid[])
          AS p(job_id, assignment_id, worker_id)
        WHERE j.id = ANY (ARRAY[p.job_id]) AND j.state = 'queued' AND j.assignment_id IS NULL
        RETURNING j.id, j.queue, j.attempt, j.owner, j.repository, j.concurrency_group, j.public,
          p.assignment_id, p.worker_id
      )
      INSERT INTO assignments (id, job_id, worker_id, queue, attempt, owner, repository,
        concurrency_group, public)
      SELECT assignment_id, id, worker_id, queue, attempt, owner, repository, concurrency_group,
        public
      FROM placed
      """;

  private final TimeBasedEpochGenerator ids = Generators.timeBasedEpochGenerator();
  private final JdbcClient jdbc;

  DispatchStatements(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Where jobs wait.
   *
   * @param starts where lines began that have been looked at
   * @param empty whether to look if no job is in any line, where no queue is servable
   */
  Lines lines(Collection<LineStart> starts, boolean empty) {
    var queues =
        LineStatements.marked(jdbc.sql(LineStatements.LINES), starts)
            .param("empty", empty)
            .query((row, n) -> Optional.ofNullable(row.getString(1)))
            .list();
    return new Lines(
        empty && queues.isEmpty(), queues.stream().flatMap(Optional<String>::stream).toList());
  }

  /**
   * The queues in the given order, each with so many workers at most; no jobs yet.
   *
   * @param starts where each queue's line began
   */
  Sight look(List<LineStart> starts, int mostWorkers) {
    var rows =
        LineStatements.marked(jdbc.sql(SNAPSHOT), starts)
            .param("from", UUID.randomUUID())
            .param("unnamed", OpenSlot.UNNAMED_MAX)
            .param("slots", mostWorkers)
            .query(DispatchStatements::row)
            .list()
            .stream()
            .collect(Collectors.groupingBy(row -> row.queue().queue()));
    return new Sight(
        starts.stream()
            .map(start -> joined(Objects.requireNonNull(rows.get(start.queue()))))
            .toList(),
        rows.values().stream().map(List::getFirst).map(Row::start).toList());
  }

  /**
   * The jobs to place, locked, per queue in the order of its line; {@code batch} at most.
   *
   * @param starts where the queues' lines begin
   */
  Map<String, List<QueuedJob>> front(
      List<QueueSnapshot> queues, Collection<LineStart> starts, int batch) {
    var byQueue = starts.stream().collect(Collectors.toMap(LineStart::queue, start -> start));
    return LineStatements.marked(
            jdbc.sql(FRONT),
            queues.stream()
                .map(queue -> Objects.requireNonNull(byQueue.get(queue.queue())))
                .toList())
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
    var queue = row.getString("queue");
    var seen = row.getString("seen");
    var job = row.getObject("id", Long.class);
    var worker = row.getObject("worker", UUID.class);
    return new Row(
        new QueueSnapshot(
            queue,
            row.getObject("capacity", Integer.class),
            row.getBoolean("paused"),
            row.getInt("live"),
            List.of(),
            List.of()),
        job == null
            ? LineStart.empty(queue, seen)
            : new LineStart(queue, row.getInt("rank"), row.getString("queued_at"), job, seen),
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
   * @param empty whether it is known that none waits anywhere
   * @param servable queues that have both a live worker and a job in their line
   */
  record Lines(boolean empty, List<String> servable) {}

  /**
   * How queues stand.
   *
   * @param starts where their lines begin
   */
  record Sight(List<QueueSnapshot> queues, List<LineStart> starts) {

    /** Those that have a job in their line. */
    Set<String> waiting() {
      return starts.stream()
          .filter(start -> !start.isEmpty())
          .map(LineStart::queue)
          .collect(Collectors.toSet());
    }
  }

  private record Row(QueueSnapshot queue, LineStart start, @Nullable OpenSlot slot) {}

  private record Waiting(String queue, QueuedJob job) {}
}
