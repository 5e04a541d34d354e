package io.junction.dispatcher.limit;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whether anything asks, and what is let in. */
@Component
class LimitStatements {

  /** What is held by time is found by an index of its own; what is bound costs nothing here. */
  static final String LOOK =
      """
      SELECT EXISTS (SELECT FROM jobs WHERE asks) AS ready,
        (SELECT ceil(extract(epoch FROM held_until - now()) * 1000)::bigint FROM jobs
         WHERE state = 'created' AND held_until > now()
         ORDER BY held_until LIMIT 1) AS next_ms
      """;

  /**
   * A restarted job stands in line by the age that it had. The events are one run: the first says
   * how many there are, docs/decisions/0018.
   */
  static final String ADMIT =
      """
      WITH admitted AS (
        UPDATE jobs j SET state = 'queued', version = j.version + 1,
          queued_at = coalesce(j.first_queued_at, now()), queued_in = pg_current_xact_id(),
          held_until = NULL
        FROM (SELECT id FROM unnest(:ids::bigint[]) AS u(id) ORDER BY id OFFSET 0) AS a
        WHERE j.id = ANY (ARRAY[a.id]) AND j.state = 'created' AND NOT j.behind
        RETURNING j.id, j.build_id, j.stage_id, j.version, j.attempt, j.queue, j.owner,
          j.repository, j.reason, j.queued_at
      ), told AS (
        INSERT INTO events (kind, state, version, job_id, build_id, stage_id, queue, owner,
          repository, attempt, reason, queued_at, run)
        SELECT 'job:queued', 'queued', a.version, a.id, a.build_id, a.stage_id, a.queue, a.owner,
          a.repository, a.attempt, a.reason, a.queued_at,
          CASE WHEN row_number() OVER () = 1 THEN (SELECT count(*) FROM admitted) ELSE 0 END
        FROM admitted a
      )
      SELECT queue FROM admitted
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

  /** The queue of each job that was let in. */
  List<String> admit(List<Long> ids) {
    return jdbc.sql(ADMIT)
        .param("ids", ids.toArray(Long[]::new))
        .query((row, n) -> row.getString("queue"))
        .list();
  }

  /**
   * Whether anything asks, held or not.
   *
   * @param next until the next held job is free; null when there is none
   */
  record Look(boolean ready, @Nullable Duration next) {}
}
