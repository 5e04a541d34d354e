package io.junction.common.build;

import io.junction.common.job.JobState;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What happens to many jobs of a build that is held: its cancel, its restart, the end of a stage.
 */
@Component
class BuildJobStatements {

  static final String JOBS =
      """
      SELECT j.id, j.state, j.assignment_id, j.attempt >= j.max_attempts AS used_up
      FROM jobs j WHERE j.build_id = :build
      ORDER BY j.id + 0 FOR UPDATE
      """;

  /** What has not been received by a worker, in stages after this one. */
  static final String PENDING_LATER =
      """
      SELECT j.id, j.state, j.assignment_id, false AS used_up
      FROM stages s
      JOIN jobs j ON j.build_id = s.build_id AND j.stage_id = ANY (ARRAY[s.id])
        AND j.finished_at IS NULL AND j.state IN ('created', 'queued')
      WHERE s.build_id = :build AND s.number > :number
      ORDER BY j.id + 0 FOR UPDATE OF j
      """;

  static final String CANCEL =
      """
      UPDATE jobs SET state = 'canceled', canceled_at = now(), finished_at = now(),
        reason = :reason, canceled_by_stage = :stage
      WHERE id = ANY (:jobs::bigint[]) AND state IN ('created', 'queued') AND assignment_id IS NULL
      """;

  static final String MARK =
      """
      UPDATE jobs SET canceled_by_stage = :stage WHERE id = ANY (:jobs::bigint[])
      """;

  /** Stages of which nothing is left, since all that was had not begun. */
  static final String CANCEL_STAGES =
      """
      UPDATE stages s SET state = 'canceled', finished_at = now(), canceled_by_stage = :stage,
        duration = 0
      WHERE s.build_id = :build AND s.number > :number AND s.finished_at IS NULL
        AND (SELECT count(*) FROM jobs j WHERE j.build_id = s.build_id AND j.stage_id = s.id
               AND (j.finished_at IS NULL OR j.canceled_by_stage IS NULL)) = 0
      """;

  /** What a stage's failure had canceled was never tried: that is no attempt. */
  static final String RESTART =
      """
      UPDATE jobs SET state = 'created', attempt = attempt + (canceled_by_stage IS NULL)::int,
        assignment_id = NULL, canceled_by_stage = NULL,
        first_queued_at = coalesce(first_queued_at, queued_at), queued_at = NULL,
        received_at = NULL, started_at = NULL, finished_at = NULL, canceled_at = NULL,
        reason = :reason
      WHERE id = ANY (:jobs::bigint[]) AND state IN ('passed', 'failed', 'errored', 'canceled')
      """;

  static final String CANCELED_BY =
      """
      SELECT j.id, j.state, j.assignment_id, false AS used_up
      FROM jobs j WHERE j.build_id = :build AND j.canceled_by_stage = :stage
      ORDER BY j.id + 0 FOR UPDATE
      """;

  /** One stage and those that its failure had canceled; without one, all of the build. */
  static final String REOPEN_STAGES =
      """
      UPDATE stages SET state = 'created', started_at = NULL, finished_at = NULL, duration = NULL,
        canceled_by_stage = NULL
      WHERE build_id = :build AND finished_at IS NOT NULL
        AND (:stage::bigint IS NULL OR id = :stage OR canceled_by_stage = :stage)
      """;

  static final String REOPEN_BUILD =
      """
      UPDATE builds SET state = 'created', started_at = NULL, finished_at = NULL,
        canceled_at = NULL, duration = NULL, reason = NULL, restarted_at = now()
      WHERE id = :build AND finished_at IS NOT NULL
      """;

  private final JdbcClient jdbc;

  BuildJobStatements(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Locked, as all that follow. */
  List<BuildJob> jobs(long build) {
    return query(jdbc.sql(JOBS).param("build", build));
  }

  List<BuildJob> pendingLater(long build, int number) {
    return query(jdbc.sql(PENDING_LATER).param("build", build).param("number", number));
  }

  List<BuildJob> canceledBy(long build, long stage) {
    return query(jdbc.sql(CANCELED_BY).param("build", build).param("stage", stage));
  }

  /** Those that nobody has; the others are closed with their assignments. */
  void cancel(Collection<BuildJob> jobs, @Nullable Long stage, @Nullable String reason) {
    if (!jobs.isEmpty()) {
      jdbc.sql(CANCEL)
          .param("jobs", ids(jobs))
          .param("stage", stage)
          .param("reason", reason)
          .update();
    }
  }

  void mark(Collection<BuildJob> jobs, long stage) {
    if (!jobs.isEmpty()) {
      jdbc.sql(MARK).param("jobs", ids(jobs)).param("stage", stage).update();
    }
  }

  void cancelStages(long build, int number, long stage) {
    jdbc.sql(CANCEL_STAGES)
        .param("build", build)
        .param("number", number)
        .param("stage", stage)
        .update();
  }

  void restart(Collection<BuildJob> jobs, @Nullable String reason) {
    if (!jobs.isEmpty()) {
      jdbc.sql(RESTART).param("jobs", ids(jobs)).param("reason", reason).update();
    }
  }

  /** A build that has ended is open again, and so is this stage, or each when there is none. */
  void reopen(long build, @Nullable Long stage) {
    jdbc.sql(REOPEN_STAGES).param("build", build).param("stage", stage).update();
    jdbc.sql(REOPEN_BUILD).param("build", build).update();
  }

  private static List<BuildJob> query(JdbcClient.StatementSpec statement) {
    return statement
        .query(
            (row, n) ->
                new BuildJob(
                    row.getLong("id"),
                    JobState.of(row.getString("state")),
                    row.getObject("assignment_id", UUID.class),
                    row.getBoolean("used_up")))
        .list();
  }

  private static Long[] ids(Collection<BuildJob> jobs) {
    return jobs.stream().map(BuildJob::id).toArray(Long[]::new);
  }

  /**
   * A job of a build.
   *
   * @param usedUp whether it had all its attempts
   */
  record BuildJob(long id, JobState state, @Nullable UUID assignment, boolean usedUp) {

    boolean isHeldByWorker() {
      return assignment != null && !state.isFinal();
    }
  }
}
