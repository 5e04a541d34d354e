package io.junction.common.transition;

import io.junction.common.job.JobState;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The changes of jobs that have no open assignment. */
@Component
class UnassignedStatements {

  private static final String BUILD_OF = "SELECT build_id FROM jobs WHERE id = :id";

  private static final String HOLD =
      """
      SELECT state, assignment_id, attempt, max_attempts, stage_id
      FROM jobs WHERE id = :id FOR UPDATE
      """;

  private static final String CANCEL =
      """
      UPDATE jobs SET state = 'canceled', canceled_at = now(), finished_at = now(), reason = :reason
      WHERE id = :id AND state IN ('created', 'queued') AND assignment_id IS NULL
      """;

  private static final String RESTART =
      """
      UPDATE jobs SET state = 'created', attempt = attempt + 1, assignment_id = NULL,
        first_queued_at = coalesce(first_queued_at, queued_at), queued_at = NULL,
        received_at = NULL, started_at = NULL, finished_at = NULL, canceled_at = NULL,
        canceled_by_stage = NULL, reason = :reason
      WHERE id = :id AND attempt < max_attempts
        AND (state IN ('passed', 'failed', 'errored', 'canceled')
             OR (state = 'queued' AND assignment_id IS NULL))
      """;

  /** Null is among them for jobs of none. */
  static final String BUILDS_OF =
      """
      SELECT DISTINCT build_id FROM jobs WHERE id = ANY (:jobs::bigint[])
      """;

  /** One that got a queue meanwhile, or was canceled, stays what it is. */
  static final String END_WITHOUT_QUEUE =
      """
      UPDATE jobs j SET state = 'errored', finished_at = now(), reason = left(e.reason, 1000)
      FROM (
        SELECT u.id, u.reason FROM unnest(:jobs::bigint[], :reasons::text[]) AS u(id, reason)
        ORDER BY u.id OFFSET 0
      ) AS e
      WHERE j.id = ANY (ARRAY[e.id]) AND j.state = 'created' AND j.queue IS NULL
      """;

  private final JdbcClient jdbc;

  UnassignedStatements(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Empty when there is no such job; null inside when it belongs to none. */
  Optional<BuildOf> buildOf(long job) {
    return jdbc.sql(BUILD_OF)
        .param("id", job)
        .query((row, n) -> new BuildOf(row.getObject("build_id", Long.class)))
        .optional();
  }

  /** The job as nobody else can change it until this transaction ends; empty when there is none. */
  List<Held> hold(long id) {
    return jdbc.sql(HOLD)
        .param("id", id)
        .query(
            (row, n) ->
                new Held(
                    JobState.of(row.getString("state")),
                    row.getObject("assignment_id", UUID.class),
                    row.getInt("attempt"),
                    row.getInt("max_attempts"),
                    row.getObject("stage_id", Long.class)))
        .list();
  }

  int cancel(long id, @Nullable String reason) {
    return jdbc.sql(CANCEL).param("id", id).param("reason", reason).update();
  }

  int restart(long id, @Nullable String reason) {
    return jdbc.sql(RESTART).param("id", id).param("reason", reason).update();
  }

  Set<Long> buildsOf(Collection<Long> jobs) {
    var builds = new HashSet<Long>();
    jdbc.sql(BUILDS_OF)
        .param("jobs", jobs.toArray(Long[]::new))
        .query(
            row -> {
              var build = row.getObject("build_id", Long.class);
              if (build != null) {
                builds.add(build);
              }
            });
    return builds;
  }

  /** How many of them were ended; by their ids, the reasons. */
  int endWithoutQueue(Map<Long, String> reasons) {
    return jdbc.sql(END_WITHOUT_QUEUE)
        .param("jobs", reasons.keySet().toArray(Long[]::new))
        .param("reasons", reasons.values().toArray(String[]::new))
        .update();
  }

  record BuildOf(@Nullable Long build) {}

  record Held(
      JobState state,
      @Nullable UUID assignment,
      int attempt,
      int maxAttempts,
      @Nullable Long stage) {}
}
