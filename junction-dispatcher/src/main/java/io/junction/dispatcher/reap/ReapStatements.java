package io.junction.dispatcher.reap;

import io.junction.common.assignment.Outcome;
import io.junction.common.transition.Closing;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Who fell silent, what was never taken up, what had its time.
 *
 * <p>Silence counts from {@code listening.since} at the earliest, and only while somebody listens:
 * where {@code listening} is overdue, nobody is found silent.
 */
@Component
class ReapStatements {

  /**
   * Since when Junction has heard everybody; while it is deaf that is now. Asked once, not by row.
   */
  private static final String HEARD =
      """
      WITH heard AS (
        SELECT coalesce((SELECT since FROM listening WHERE due > now()), now()) AS since
      )
      """;

  /**
   * Counts, not EXISTS: the answer is nearly always none, and a count is planned for that. Live
   * workers are walked once, and what each holds; what is listed is of interest only where its
   * worker has sent no list for long. A worker that is lost or retired holds nothing.
   */
  static final String LOOK =
      HEARD
          + """
      , alive AS (
        SELECT
          count(*) FILTER (
            WHERE now() - greatest(h.last_heartbeat, (SELECT since FROM heard))
              > w.silence_ms * interval '1 ms') AS silent,
          coalesce(sum((
            SELECT count(*) FROM assignments a
            WHERE a.queue = w.queue AND a.worker_id = w.id AND a.ended_at IS NULL
              AND a.number >= h.open_from AND (NOT a.listed OR h.lists_nothing)
              AND now() - greatest(
                    coalesce(a.last_heartbeat, a.created_at),
                    CASE WHEN a.listed THEN h.listed_at END, (SELECT since FROM heard))
                > CASE WHEN a.last_heartbeat IS NULL THEN greatest(w.silence_ms, :takeUp)
                       ELSE w.silence_ms END * interval '1 ms')), 0) AS stale
        FROM workers w CROSS JOIN LATERAL (
          SELECT h.last_heartbeat, h.listed_at, h.open_from,
            now() - greatest(h.listed_at, (SELECT since FROM heard))
              > w.silence_ms * interval '1 ms' AS lists_nothing
          FROM worker_heartbeats h
          WHERE h.worker_id = w.id ORDER BY h.chapter DESC LIMIT 1) AS h
        WHERE w.queue >= '' AND w.retired_at IS NULL AND w.lost_at IS NULL
      )
      SELECT alive.silent, alive.stale,
        (SELECT ceil(extract(epoch FROM min(timeout_at) - now()) * 1000)::bigint
         FROM assignments WHERE ended_at IS NULL AND timeout_at IS NOT NULL) AS timeout_ms,
        EXISTS (SELECT FROM assignments WHERE queue >= '' AND ended_at IS NULL) AS busy
      FROM alive
      """;

  static final String SILENT =
      HEARD
          + """
      SELECT w.id, w.queue, (SELECT count(*) FROM assignments a
                             WHERE a.queue = w.queue AND a.worker_id = w.id
                               AND a.ended_at IS NULL) AS open
      FROM workers w JOIN worker_heartbeats h ON h.worker_id = ANY (ARRAY[w.id])
      WHERE w.queue >= '' AND w.retired_at IS NULL AND w.lost_at IS NULL
        AND now() - greatest(h.last_heartbeat, (SELECT since FROM heard))
          > w.silence_ms * interval '1 ms'
      ORDER BY w.queue, w.id LIMIT :batch
      """;

  /**
   * Those that are silent still, now that no heartbeat can come in between. One that was under way
   * has committed, and the condition is checked anew on the row that it left.
   */
  static final String STILL_SILENT =
      HEARD
          + """
      SELECT w.id
      FROM worker_heartbeats h
      JOIN workers w ON w.id = ANY (ARRAY[h.worker_id])
      WHERE h.worker_id = ANY (:workers::uuid[]) AND w.retired_at IS NULL AND w.lost_at IS NULL
        AND now() - greatest(h.last_heartbeat, (SELECT since FROM heard))
          > w.silence_ms * interval '1 ms'
      ORDER BY h.worker_id
      FOR UPDATE OF h, w
      """;

  static final String GIVE_UP =
      """
      UPDATE workers SET lost_at = now() WHERE id = ANY (:workers::uuid[])
      """;

  /** What nobody heard of for very long ends in error; the rest is tried again. */
  static final String HELD_BY =
      HEARD
          + """
      SELECT a.id, CASE WHEN s.is_stale THEN 'timed_out' ELSE 'lost' END AS outcome,
             'worker ' || left(coalesce(w.name, w.id::text), 255) || ' fell silent'
               || CASE WHEN s.is_stale THEN ' long ago' ELSE '' END AS reason
      FROM workers w
      CROSS JOIN LATERAL (
        SELECT now() - greatest(h.last_heartbeat, (SELECT since FROM heard))
          > :stale * interval '1 ms' AS is_stale
        FROM worker_heartbeats h WHERE h.worker_id = ANY (ARRAY[w.id]) OFFSET 0) AS s
      CROSS JOIN LATERAL (
        SELECT a.id FROM assignments a
        WHERE a.queue = w.queue AND a.worker_id = w.id AND a.ended_at IS NULL
        OFFSET 0) AS a
      WHERE w.id = ANY (:workers::uuid[])
      """;

  /** To be looked at anew once their builds are held; jobs are locked after those. */
  static final String SUSPECTS =
      HEARD
          + """
      SELECT a.id
      FROM assignments a
      JOIN workers w ON w.id = ANY (ARRAY[a.worker_id])
      JOIN worker_heartbeats h ON h.worker_id = ANY (ARRAY[a.worker_id])
      WHERE a.queue >= '' AND a.ended_at IS NULL
        AND now() - greatest(
              coalesce(a.last_heartbeat, a.created_at),
              CASE WHEN a.listed THEN h.listed_at END, (SELECT since FROM heard))
          > CASE WHEN a.last_heartbeat IS NULL THEN greatest(w.silence_ms, :takeUp)
                 ELSE w.silence_ms END * interval '1 ms'
      ORDER BY a.job_id + 0 LIMIT :batch
      """;

  static final String STALE =
      HEARD
          + """
      SELECT a.id,
             CASE WHEN s.silence > :stale * interval '1 ms' THEN 'timed_out'
                  WHEN a.last_heartbeat IS NULL THEN 'rejected' ELSE 'lost' END AS outcome,
             'worker ' || left(coalesce(w.name, w.id::text), 255)
               || CASE WHEN a.last_heartbeat IS NULL THEN ' did not take it up'
                       ELSE ' said nothing more of it' END AS reason
      FROM assignments a
      JOIN jobs j ON j.id = ANY (ARRAY[a.job_id]) AND j.assignment_id = ANY (ARRAY[a.id])
      JOIN workers w ON w.id = ANY (ARRAY[a.worker_id])
      JOIN worker_heartbeats h ON h.worker_id = ANY (ARRAY[a.worker_id])
      CROSS JOIN LATERAL (
        SELECT now() - greatest(
          coalesce(a.last_heartbeat, a.created_at),
          CASE WHEN a.listed THEN h.listed_at END, (SELECT since FROM heard)) AS silence
        OFFSET 0) AS s
      WHERE a.id = ANY (:assignments::uuid[]) AND coalesce(a.outcome, 'none') = 'none'
        AND s.silence
          > CASE WHEN a.last_heartbeat IS NULL THEN greatest(w.silence_ms, :takeUp)
                 ELSE w.silence_ms END * interval '1 ms'
      ORDER BY j.id + 0
      FOR UPDATE OF h, j, a SKIP LOCKED
      """;

  static final String TIMING_OUT =
      """
      SELECT a.id FROM assignments a
      WHERE a.ended_at IS NULL AND a.timeout_at <= now()
      ORDER BY a.timeout_at LIMIT :batch
      """;

  /** The sum is so that no index of what is timing out looks as good as the key. */
  static final String EXPIRED =
      """
      SELECT a.id, 'timed_out' AS outcome, 'timed out after ' || j.timeout_ms || ' ms' AS reason
      FROM assignments a
      JOIN jobs j ON j.id = ANY (ARRAY[a.job_id]) AND j.assignment_id = ANY (ARRAY[a.id])
      WHERE a.id = ANY (:assignments::uuid[]) AND coalesce(a.outcome, 'none') = 'none'
        AND a.timeout_at + interval '0' <= now()
      ORDER BY j.id + 0
      FOR UPDATE OF j, a SKIP LOCKED
      """;

  private final JdbcClient jdbc;

  ReapStatements(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Look look(Duration takeUp) {
    return jdbc.sql(LOOK)
        .param("takeUp", takeUp.toMillis())
        .query(
            (row, n) -> {
              var timeout = row.getObject("timeout_ms", Long.class);
              return new Look(
                  row.getInt("silent"),
                  row.getInt("stale"),
                  timeout == null ? null : Duration.ofMillis(Math.max(0, timeout)),
                  row.getBoolean("busy"));
            })
        .single();
  }

  List<SilentWorker> silent(int batch) {
    return jdbc.sql(SILENT)
        .param("batch", batch)
        .query(
            (row, n) ->
                new SilentWorker(
                    row.getObject("id", UUID.class), row.getString("queue"), row.getInt("open")))
        .list();
  }

  List<UUID> stillSilent(Collection<UUID> workers) {
    return jdbc.sql(STILL_SILENT)
        .param("workers", workers.toArray(UUID[]::new))
        .query((row, n) -> row.getObject("id", UUID.class))
        .list();
  }

  void giveUp(Collection<UUID> workers) {
    jdbc.sql(GIVE_UP).param("workers", workers.toArray(UUID[]::new)).update();
  }

  /** To be closed with the workers that hold them; their leases have ended. */
  List<Closing> heldBy(Collection<UUID> workers, Duration stale) {
    return closings(
        jdbc.sql(HELD_BY)
            .param("workers", workers.toArray(UUID[]::new))
            .param("stale", stale.toMillis()),
        false);
  }

  List<UUID> suspects(Duration takeUp, int batch) {
    return ids(jdbc.sql(SUSPECTS).param("takeUp", takeUp.toMillis()).param("batch", batch));
  }

  /** Locked. Their workers are alive, so they may be running them for all that is known. */
  List<Closing> stale(Collection<UUID> suspects, Duration takeUp, Duration stale) {
    return closings(
        jdbc.sql(STALE)
            .param("assignments", suspects.toArray(UUID[]::new))
            .param("takeUp", takeUp.toMillis())
            .param("stale", stale.toMillis()),
        true);
  }

  List<UUID> timingOut(int batch) {
    return ids(jdbc.sql(TIMING_OUT).param("batch", batch));
  }

  /** Locked. */
  List<Closing> expired(Collection<UUID> timingOut) {
    return closings(jdbc.sql(EXPIRED).param("assignments", timingOut.toArray(UUID[]::new)), true);
  }

  private static List<UUID> ids(JdbcClient.StatementSpec query) {
    return query.query((row, n) -> row.getObject("id", UUID.class)).list();
  }

  private static List<Closing> closings(JdbcClient.StatementSpec query, boolean mayStillRun) {
    return query
        .query(
            (row, n) ->
                Closing.of(
                    row.getObject("id", UUID.class),
                    Outcome.valueOf(row.getString("outcome").toUpperCase(Locale.ROOT)),
                    row.getString("reason"),
                    mayStillRun))
        .list();
  }

  /**
   * What there is to do.
   *
   * @param silent workers to give up
   * @param stale assignments that were not taken up, or of which nothing more is heard
   * @param timeout until the next job has had its time; null when none has a limit
   * @param busy whether anything is assigned
   */
  record Look(int silent, int stale, @Nullable Duration timeout, boolean busy) {

    boolean expired() {
      return timeout != null && timeout.isZero();
    }
  }
}
