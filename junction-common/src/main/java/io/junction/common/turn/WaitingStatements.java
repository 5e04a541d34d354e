package io.junction.common.turn;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Who waits in queues, and whose turn it is. To decide by it, hold the queues' locks; to look at
 * it, nothing.
 */
@Component
public class WaitingStatements {

  /**
   * The owners who wait in each queue, from a name on and then from the beginning up to it, with
   * what is known of their turns. Each is one step of the index, however many jobs he has.
   */
  static final String WAITING =
      """
      WITH RECURSIVE waiting AS (
        SELECT mark.queue, shown.clock, half.number, half.last, first.owner, first.id, 1 AS step
        FROM unnest(:queues::text[], :since::text[]) AS mark(queue, since)
        LEFT JOIN LATERAL (
          SELECT t.clock FROM queue_turns t WHERE t.queue = mark.queue AND t.clock >= 0
          ORDER BY t.queue DESC, t.clock DESC LIMIT 1) AS shown ON true
        CROSS JOIN LATERAL (
          SELECT 1 AS number, mark.since AS first, NULL AS last
          UNION ALL
          SELECT 2, '', mark.since WHERE mark.since <> '') AS half
        CROSS JOIN LATERAL (
          SELECT coalesce(j.owner, '') AS owner, j.id FROM jobs j
          WHERE j.in_line AND j.queue <> '' AND j.queue = mark.queue
            AND coalesce(j.owner, '') >= half.first
          ORDER BY coalesce(j.owner, ''), -j.priority, j.queued_at, j.id LIMIT 1) AS first
        WHERE half.last IS NULL OR first.owner < half.last
        UNION ALL
        SELECT w.queue, w.clock, w.number, w.last, next.owner, next.id, w.step + 1
        FROM waiting w CROSS JOIN LATERAL (
          SELECT coalesce(j.owner, '') AS owner, j.id FROM jobs j
          WHERE j.in_line AND j.queue <> '' AND j.queue = w.queue
            AND coalesce(j.owner, '') > w.owner
          ORDER BY coalesce(j.owner, ''), -j.priority, j.queued_at, j.id LIMIT 1) AS next
        WHERE w.step < :most AND (w.last IS NULL OR next.owner < w.last)
      )
      SELECT w.queue, coalesce(w.clock, 0) AS clock, w.owner, w.id, coalesce(turn.pass, 0) AS pass,
        coalesce(o.weight, 1) AS weight
      FROM waiting w
      LEFT JOIN LATERAL (
        SELECT t.pass FROM queue_turns t WHERE t.queue = w.queue AND t.owner = w.owner
        ORDER BY t.pass DESC LIMIT 1) AS turn ON true
      LEFT JOIN owners o ON o.name = ANY (ARRAY[w.owner])
      ORDER BY w.number, w.step
      """;

  /** How many jobs these owners have in a queue's line, counted so far at most. */
  static final String COUNTS =
      """
      SELECT w.owner, counted.jobs
      FROM unnest(:owners::text[]) AS w(owner) CROSS JOIN LATERAL (
        SELECT count(*)::int AS jobs FROM (
          SELECT FROM jobs j
          WHERE j.in_line AND j.queue <> '' AND j.queue = :queue::text
            AND coalesce(j.owner, '') = w.owner
          LIMIT :most) AS line) AS counted
      """;

  /** How many of its owner's jobs stand before a job, counted so far at most. */
  static final String AHEAD =
      """
      SELECT count(*)::int AS jobs FROM (
        SELECT FROM jobs own CROSS JOIN LATERAL (
          SELECT FROM jobs j
          WHERE j.in_line AND j.queue <> '' AND j.queue = own.queue
            AND coalesce(j.owner, '') = coalesce(own.owner, '')
            AND (-j.priority, j.queued_at, j.id) < (-own.priority, own.queued_at, own.id)
          OFFSET 0) AS before
        WHERE own.id = :job LIMIT :most) AS ahead
      """;

  private final JdbcClient jdbc;

  WaitingStatements(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Who waits in these queues; those in which nobody does are left out.
   *
   * @param since by queue, the name to begin with; "" for the first
   * @param most of each queue
   */
  public Map<String, QueueTurns> waiting(Map<String, String> since, int most) {
    return jdbc
        .sql(WAITING)
        .param("queues", array(since.keySet()))
        .param("since", array(since.values()))
        .param("most", most)
        .query(WaitingStatements::row)
        .list()
        .stream()
        .collect(
            Collectors.groupingBy(
                Row::queue,
                Collectors.collectingAndThen(Collectors.toList(), rows -> turns(rows, most))));
  }

  /** The same, with how many jobs each owner has, counted up to so many: a few look at it. */
  public QueueTurns counted(String queue, QueueTurns turns, int most) {
    var counts =
        jdbc
            .sql(COUNTS)
            .param("owners", array(turns.waiting().stream().map(Waiting::owner).toList()))
            .param("queue", queue)
            .param("most", most)
            .query((row, n) -> Map.entry(row.getString("owner"), row.getInt("jobs")))
            .list()
            .stream()
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    return new QueueTurns(
        turns.clock(),
        turns.waiting().stream()
            .map(owner -> owner.with(counts.getOrDefault(owner.owner(), 0)))
            .toList(),
        turns.cut());
  }

  /** How many of its owner's jobs are served before this job, counted up to so many. */
  public int ahead(long job, int most) {
    return jdbc.sql(AHEAD)
        .param("job", job)
        .param("most", most)
        .query((row, n) -> row.getInt("jobs"))
        .single();
  }

  private static QueueTurns turns(List<Row> rows, int most) {
    return new QueueTurns(
        rows.getFirst().clock(),
        rows.stream().limit(most).map(Row::waiting).toList(),
        rows.size() >= most);
  }

  private static Row row(ResultSet row, int n) throws SQLException {
    return new Row(
        row.getString("queue"),
        row.getLong("clock"),
        new Waiting(
            row.getString("owner"),
            row.getLong("pass"),
            row.getInt("weight"),
            row.getLong("id"),
            Waiting.ANY));
  }

  private static String[] array(Collection<String> names) {
    return names.toArray(String[]::new);
  }

  private record Row(String queue, long clock, Waiting waiting) {}
}
