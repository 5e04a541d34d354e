package io.junction.dispatcher.limit;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What limiting reads and writes; the index {@code jobs_created} serves all of it. A job of a stage
 * is not looked at before the stages in front of it have ended.
 */
@Component
class LimitStatements {

  /** The second answer costs a look at the held jobs only, for nothing else is created then. */
  static final String LOOK =
      """
      SELECT ready.ready,
             CASE WHEN NOT ready.ready THEN
               (SELECT ceil(extract(epoch FROM min(held_until) - now()) * 1000)::bigint FROM jobs
                WHERE is_created AND held_until > now()) END AS next_ms
      FROM (SELECT EXISTS (
        SELECT FROM jobs
        WHERE is_created AND (held_until IS NULL OR held_until <= now())
          AND (stage_id IS NULL OR (
            SELECT count(*) FROM stages own
            JOIN stages before ON before.build_id = own.build_id
              AND before.number < own.number AND before.finished_at IS NULL
            WHERE own.id = ANY (ARRAY[jobs.stage_id])) = 0)) AS ready) AS ready
      """;

  static final String OLDEST =
      """
      SELECT id, owner, coalesce(held_until > now(), false) AS held FROM jobs
      WHERE is_created AND (held_until IS NULL OR held_until <= now())
        AND (stage_id IS NULL OR (
          SELECT count(*) FROM stages own
          JOIN stages before ON before.build_id = own.build_id
            AND before.number < own.number AND before.finished_at IS NULL
          WHERE own.id = ANY (ARRAY[jobs.stage_id])) = 0)
      ORDER BY id LIMIT :batch
      FOR UPDATE SKIP LOCKED
      """;

  /** A restarted job stands in line by the age that it had. */
  static final String QUEUE =
      """
      UPDATE jobs
      SET state = 'queued', queued_at = coalesce(first_queued_at, now()), held_until = NULL
      WHERE id = ANY (:ids::bigint[]) AND state = 'created'
      RETURNING queue
      """;

  private final JdbcClient jdbc;

  LimitStatements(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Look look() {
    return jdbc.sql(LOOK)
        .query(
            (row, n) -> {
              var next = row.getObject("next_ms", Long.class);
              return new Look(
                  row.getBoolean("ready"), next == null ? null : Duration.ofMillis(next));
            })
        .single();
  }

  /** Those that may be queued as far as their own rows say, locked. */
  List<CreatedJob> oldest(int batch) {
    return jdbc.sql(OLDEST)
        .param("batch", batch)
        .query(
            (row, n) ->
                new CreatedJob(row.getLong("id"), row.getString("owner"), row.getBoolean("held")))
        .list();
  }

  /** The queue of each job that was queued. */
  List<String> queue(List<Long> ids) {
    return jdbc.sql(QUEUE)
        .param("ids", ids.toArray(Long[]::new))
        .query((row, n) -> row.getString("queue"))
        .list();
  }

  /**
   * Whether there is something to do, and else when.
   *
   * @param next until the next held job is free; null when there is none
   */
  record Look(boolean ready, @Nullable Duration next) {}
}
