package io.junction.dispatcher.prune;

import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Each statement removes a batch, whole or not at all. */
@Component
class PruneStatements {

  /**
   * Jobs of no build, among so many from there on by their ids. Ids rise with the time, so where
   * all of them are younger than the retention nothing is left to do behind.
   *
   * <p>A restart that came in between wins: it left no finished_at on the row, and the condition is
   * checked anew under the row's lock. Configs go with their jobs, by the foreign key.
   */
  static final String JOBS =
      """
      WITH walked AS MATERIALIZED (
        SELECT id, created_at < now() - :retention * interval '1 ms' AS is_old,
          build_id IS NULL AND finished_at < now() - :retention * interval '1 ms' AS is_over
        FROM jobs WHERE id > :behind::bigint ORDER BY id LIMIT :batch
      ), old AS (
        SELECT id FROM jobs
        WHERE id = ANY (ARRAY(SELECT id FROM walked WHERE is_over))
        FOR UPDATE SKIP LOCKED
      ), gone AS (
        DELETE FROM jobs
        WHERE id = ANY (ARRAY(SELECT id FROM old))
          AND state IN ('passed', 'failed', 'errored', 'canceled')
          AND finished_at < now() - :retention * interval '1 ms'
        RETURNING id
      ), history AS (
        DELETE FROM assignments WHERE job_id = ANY (ARRAY(SELECT id FROM gone))
      )
      SELECT (SELECT count(*) FROM gone) AS count, coalesce(max(id), 0) AS last,
        count(*) = :batch AND bool_or(is_old OR is_over) AS more
      FROM walked
      """;

  /**
   * Builds with their jobs; stages and configs go by the foreign keys. A build is locked before its
   * jobs are: who restarts one of them has the build's row, is skipped, or has left no finished_at
   * on it. A job that runs on after its build, because it was not required, keeps both.
   */
  static final String BUILDS =
      """
      WITH old AS (
        SELECT b.id FROM builds b
        WHERE b.finished_at < now() - :retention * interval '1 ms'
          AND (SELECT count(*) FROM jobs j
               WHERE j.build_id = b.id AND j.finished_at IS NULL) = 0
        ORDER BY b.finished_at LIMIT :batch
        FOR UPDATE SKIP LOCKED
      ), jobs_gone AS (
        DELETE FROM jobs
        WHERE build_id = ANY (ARRAY(SELECT id FROM old))
          AND state IN ('passed', 'failed', 'errored', 'canceled')
        RETURNING id
      ), history AS (
        DELETE FROM assignments WHERE job_id = ANY (ARRAY(SELECT id FROM jobs_gone))
      ), gone AS (
        DELETE FROM builds
        WHERE id = ANY (ARRAY(SELECT id FROM old))
          AND state IN ('passed', 'failed', 'errored', 'canceled')
          AND finished_at < now() - :retention * interval '1 ms'
        RETURNING id
      )
      SELECT count(*) FROM gone
      """;

  /**
   * From the lowest id on, up to the first that is not old: so whoever finds an event knows that
   * none behind it is missing.
   */
  static final String EVENTS =
      """
      WITH lowest AS (
        SELECT id, at < now() - :retention * interval '1 ms' AS is_old FROM events
        WHERE id > :behind::bigint ORDER BY id LIMIT :batch
      ), gone AS (
        DELETE FROM events
        WHERE id = ANY (ARRAY(
          SELECT id FROM lowest
          WHERE id < coalesce(
            (SELECT min(id) FROM lowest WHERE NOT is_old), 9223372036854775807)))
        RETURNING id
      )
      SELECT count(*), coalesce(max(id), 0) AS last, count(*) = :batch AS more FROM gone
      """;

  static final String WORKERS =
      """
      WITH old AS (
        SELECT w.id
        FROM workers w JOIN worker_heartbeats h ON h.worker_id = ANY (ARRAY[w.id])
        WHERE greatest(w.retired_at, w.lost_at) < now() - :retention * interval '1 ms'
          AND h.last_heartbeat < now() - :retention * interval '1 ms'
          AND (SELECT count(*) FROM assignments a
               WHERE a.queue = w.queue AND a.worker_id = w.id AND a.ended_at IS NULL) = 0
        ORDER BY w.id LIMIT :batch
        FOR UPDATE OF h, w SKIP LOCKED
      ), heartbeats AS (
        DELETE FROM worker_heartbeats WHERE worker_id = ANY (ARRAY(SELECT id FROM old))
      ), gone AS (
        DELETE FROM workers
        WHERE id = ANY (ARRAY(SELECT id FROM old))
          AND (retired_at IS NOT NULL OR lost_at IS NOT NULL)
        RETURNING id
      )
      SELECT count(*) FROM gone
      """;

  /** What is pending stays however old it is; a redelivery that came in between wins. */
  static final String DELIVERIES =
      """
      WITH old AS (
        SELECT id FROM deliveries
        WHERE state <> 'pending' AND created_at < now() - :retention * interval '1 ms'
        ORDER BY created_at LIMIT :batch
        FOR UPDATE SKIP LOCKED
      ), gone AS (
        DELETE FROM deliveries
        WHERE id = ANY (ARRAY(SELECT id FROM old)) AND state <> 'pending'
        RETURNING id
      )
      SELECT count(*) FROM gone
      """;

  /**
   * Turns of owners who have no debt left, among so many from there on by the key: a row that the
   * queue's clock has left behind says the same as none. What a round has locked is being replaced.
   */
  static final String TURNS =
      """
      WITH walked AS MATERIALIZED (
        SELECT t.queue, t.owner, t.pass FROM queue_turns t
        WHERE (t.queue, t.owner, t.pass) > (:queue::text, :owner::text, :pass::bigint)
        ORDER BY t.queue, t.owner, t.pass LIMIT :batch
      ), old AS MATERIALIZED (
        SELECT t.queue, t.owner, t.pass FROM walked w JOIN queue_turns t
          ON t.queue = ANY (ARRAY[w.queue::text]) AND t.owner = ANY (ARRAY[w.owner])
            AND t.pass = ANY (ARRAY[w.pass])
        WHERE t.pass < (
          SELECT c.clock FROM queue_turns c WHERE c.queue = w.queue AND c.clock >= 0
          ORDER BY c.clock DESC LIMIT 1)
        FOR UPDATE OF t SKIP LOCKED
      ), gone AS (
        DELETE FROM queue_turns t USING old
        WHERE t.queue = ANY (ARRAY[old.queue::text]) AND t.owner = ANY (ARRAY[old.owner])
          AND t.pass = ANY (ARRAY[old.pass])
        RETURNING t.pass
      )
      SELECT (SELECT count(*) FROM gone) AS count, (SELECT count(*) FROM walked) = :batch AS more,
        last.*
      FROM (SELECT queue, owner, pass FROM walked
            ORDER BY queue DESC, owner DESC, pass DESC LIMIT 1) AS last
      """;

  private final JdbcClient jdbc;

  PruneStatements(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Among those with a higher id than this. */
  Walk jobs(long behind, Duration retention, int batch) {
    return walk(JOBS, behind, retention, batch);
  }

  int builds(Duration retention, int batch) {
    return run(BUILDS, retention, batch);
  }

  /** Those with a higher id than this. */
  Walk events(long behind, Duration retention, int batch) {
    return walk(EVENTS, behind, retention, batch);
  }

  int workers(Duration retention, int batch) {
    return run(WORKERS, retention, batch);
  }

  int deliveries(Duration retention, int batch) {
    return run(DELIVERIES, retention, batch);
  }

  /** Those with a higher key than this. */
  TurnWalk turns(TurnWalk behind, int batch) {
    return jdbc.sql(TURNS)
        .param("queue", behind.queue())
        .param("owner", behind.owner())
        .param("pass", behind.pass())
        .param("batch", batch)
        .query(
            (row, n) ->
                new TurnWalk(
                    row.getInt("count"),
                    row.getString("queue"),
                    row.getString("owner"),
                    row.getLong("pass"),
                    row.getBoolean("more")))
        .optional()
        .orElse(TurnWalk.NONE);
  }

  private Walk walk(String statement, long behind, Duration retention, int batch) {
    return jdbc.sql(statement)
        .param("behind", behind)
        .param("retention", retention.toMillis())
        .param("batch", batch)
        .query(
            (row, n) -> new Walk(row.getInt("count"), row.getLong("last"), row.getBoolean("more")))
        .single();
  }

  private int run(String statement, Duration retention, int batch) {
    return jdbc.sql(statement)
        .param("retention", retention.toMillis())
        .param("batch", batch)
        .query((row, n) -> row.getInt("count"))
        .single();
  }

  /**
   * A stretch of ids that was gone over.
   *
   * @param count how many were removed
   * @param last the highest id of it, 0 when it was empty
   * @param more whether there may be something to remove behind it
   */
  record Walk(int count, long last, boolean more) {}

  /**
   * A stretch of turns that was gone over.
   *
   * @param count how many were removed
   * @param queue of the last one, with its owner and pass
   * @param more whether there may be something to remove behind it
   */
  record TurnWalk(int count, String queue, String owner, long pass, boolean more) {

    /** Before all of them. */
    static final TurnWalk NONE = new TurnWalk(0, "", "", 0, false);
  }
}
