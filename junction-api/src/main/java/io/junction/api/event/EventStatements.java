package io.junction.api.event;

import io.junction.api.event.EventResponse.JobSnapshot;
import io.junction.api.json.JsonObject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads events, and how far they have come. */
@Component
class EventStatements {

  /**
   * How far numbers and transactions have come; looks at no table.
   *
   * <p>The order matters. The snapshot is taken first, then the last id that was given out is read,
   * then the next transaction ({@code age} counts from it). Whoever has taken an id by then had his
   * transaction's number before, so it is below the next one: he is seen, or known to be open.
   */
  static final String HEAD =
      """
      WITH taken AS MATERIALIZED (
        SELECT coalesce(pg_sequence_last_value('events_id_seq'), 0) AS id
      )
      SELECT id, pg_current_snapshot()::text AS snapshot,
        age(pg_snapshot_xmax(pg_current_snapshot())::xid) AS ahead
      FROM taken
      """;

  /**
   * What came late stands first, since its ids are lower than those of all that is new. A late
   * transaction's events are found by the first of each run, from the run on in which the page
   * before ended; those that follow the first are the next of the same transaction. The run that is
   * begun with may have nothing more to give, each of the others has one event at least. It is
   * looked for by a range: were the transaction said to be equal, its order would be that of the
   * ids alone, for which the planner may walk the key.
   */
  static final String PAGE =
      """
      WITH late AS (
        SELECT found.*
        FROM unnest(:late::xid8[]) AS ended(tx)
        CROSS JOIN LATERAL (
          SELECT e.* FROM (
            SELECT f.tx, f.id, f.run FROM events f
            WHERE f.run > 0 AND (f.tx, f.id) <= (ended.tx, :id::bigint)
              AND (f.tx, f.id) >= (ended.tx, coalesce((
                SELECT b.id FROM events b
                WHERE b.run > 0 AND b.tx >= ended.tx
                  AND (b.tx, b.id) <= (ended.tx, :lateUpTo::bigint)
                ORDER BY b.tx DESC, b.id DESC LIMIT 1), 0))
            ORDER BY f.tx, f.id LIMIT :limit + 1
          ) AS first CROSS JOIN LATERAL (
            SELECT one.* FROM events one
            WHERE one.id >= first.id AND one.id <= :id::bigint AND one.tx = first.tx
            ORDER BY one.id LIMIT first.run
          ) AS e
          WHERE e.id > :lateUpTo::bigint
          ORDER BY e.id LIMIT :limit
        ) AS found
      ), fresh AS (
        SELECT e.* FROM events e
        WHERE e.id > :id::bigint AND e.id <= :goal::bigint
          AND pg_visible_in_snapshot(e.tx, :snapshot::pg_snapshot)
        ORDER BY e.id LIMIT :limit
      )
      SELECT id, kind, version, at, job_id, build_id, stage_id, worker_id, queue, owner, repository,
        state, attempt, reason, queued_at, received_at, started_at, finished_at, payload::text
      FROM (SELECT * FROM late UNION ALL SELECT * FROM fresh) AS page
      ORDER BY id LIMIT :limit
      """;

  /**
   * Whether anything is kept from up to there, or from right behind it. What is old is removed from
   * the lowest id on, so then nothing behind it is missing. Downwards, so that it is found at once.
   */
  static final String KEEPS =
      """
      SELECT count(*) FROM (
        SELECT FROM events WHERE id <= :id::bigint + 1 ORDER BY id DESC LIMIT 1) AS kept
      """;

  private final JdbcClient jdbc;

  EventStatements(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * The position of who has everything; null while too many transactions are open for one. Not
   * inside of a transaction: the next one is looked up once in each.
   */
  @Nullable Position head() {
    return jdbc.sql(HEAD).query((row, n) -> new Head(headOf(row))).single().position();
  }

  /** What is to be delivered on the way there, by id, so many at most. */
  List<EventResponse> page(Position from, Position goal, int limit) {
    return jdbc.sql(PAGE)
        .param(
            "late", from.lateOnTheWayTo(goal).stream().map(String::valueOf).toArray(String[]::new))
        .param("lateUpTo", from.lateUpTo())
        .param("id", from.id())
        .param("goal", goal.id())
        .param("snapshot", goal.snapshot().text())
        .param("limit", limit)
        .query((row, n) -> eventOf(row))
        .list();
  }

  /** False when events behind this id may have been removed. */
  boolean keeps(long id) {
    return jdbc.sql(KEEPS).param("id", id).query((row, n) -> row.getLong(1)).single() > 0;
  }

  private record Head(@Nullable Position position) {}

  private static @Nullable Position headOf(ResultSet row) throws SQLException {
    var snapshot = Snapshot.of(row.getString("snapshot"), row.getInt("ahead"));
    return snapshot == null ? null : new Position(row.getLong("id"), snapshot);
  }

  private static EventResponse eventOf(ResultSet row) throws SQLException {
    return new EventResponse(
        row.getLong("id"),
        row.getString("kind"),
        row.getInt("version"),
        row.getObject("at", OffsetDateTime.class).toInstant(),
        row.getObject("job_id", Long.class),
        row.getObject("build_id", Long.class),
        row.getObject("stage_id", Long.class),
        row.getObject("worker_id", UUID.class),
        row.getString("queue"),
        row.getString("owner"),
        row.getString("repository"),
        payloadOf(row));
  }

  /** Of a job, the columns say it. */
  private static @Nullable Object payloadOf(ResultSet row) throws SQLException {
    if (row.getString("kind").startsWith("job:")) {
      return new JobSnapshot(
          row.getString("state"),
          row.getObject("attempt", Integer.class),
          row.getString("reason"),
          instantOf(row, "queued_at"),
          instantOf(row, "received_at"),
          instantOf(row, "started_at"),
          instantOf(row, "finished_at"));
    }
    var stored = row.getString("payload");
    return stored == null ? null : new JsonObject(stored);
  }

  private static @Nullable Instant instantOf(ResultSet row, String column) throws SQLException {
    var at = row.getObject(column, OffsetDateTime.class);
    return at == null ? null : at.toInstant();
  }
}
