package io.junction.api.job;

import io.junction.common.job.JobSpec;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How jobs come in over HTTP, and how they are searched. */
@Component
class JobStatements {

  /** How many jobs a page examines at most, so that no filter makes it walk the whole history. */
  static final int WINDOW = 10_000;

  private static final String INSERT =
      """
      WITH spec AS (
        SELECT nextval('jobs_id_seq') AS id, s.*
        FROM (
          SELECT * FROM unnest(
            :queues::text[], :configs::text[], :priorities::int[], :timeouts::bigint[],
            :maxAttempts::int[], :exclusives::boolean[], :owners::text[], :repositories::text[],
            :groups::text[], :groupMaxes::int[], :publics::boolean[], :states::text[]
          ) WITH ORDINALITY AS u(
            queue, config, priority, timeout_ms, max_attempts, exclusive, owner, repository,
            concurrency_group, concurrency_max, public, state, n)
          ORDER BY n
        ) AS s
      ), job AS (
        INSERT INTO jobs (
          id, queue, state, queued_at, priority, timeout_ms, max_attempts, exclusive, owner,
          repository, concurrency_group, concurrency_max, public)
        SELECT
          id, queue, state, CASE WHEN state = 'queued' THEN now() END, priority, timeout_ms,
          max_attempts, exclusive, owner, repository, concurrency_group, concurrency_max, public
        FROM spec ORDER BY n
      ), payload AS (
        INSERT INTO job_configs (job_id, config) SELECT id, config::jsonb FROM spec ORDER BY n
      )
      SELECT id, now() AS at FROM spec ORDER BY n
      """;

  private static final String PAGE =
      """
      WITH newest AS (
        SELECT id, queue, state, owner, repository FROM jobs
        WHERE id < coalesce(:before::bigint, 9223372036854775807)
        ORDER BY id DESC LIMIT :window
      ), matching AS (
        SELECT id FROM newest
        WHERE (:queue::text IS NULL OR queue = :queue)
          AND (:state::text IS NULL OR state = :state)
          AND (:owner::text IS NULL OR owner = :owner)
          AND (:repository::text IS NULL OR repository = :repository)
        ORDER BY id DESC LIMIT :limit
      )
      SELECT id, false AS is_end FROM matching
      UNION ALL
      SELECT min(id), true FROM newest HAVING count(*) = :window
      """;

  /** The same among the jobs of one state that is not final: by the indexes of those. */
  private static final String PAGE_UNFINISHED =
      """
      WITH newest AS (
        (SELECT id, queue, state, owner, repository FROM jobs
         WHERE is_created AND :state = 'created'
           AND id < coalesce(:before::bigint, 9223372036854775807)
         ORDER BY id DESC LIMIT :window)
        UNION ALL
        (SELECT id, queue, state, owner, repository FROM jobs
         WHERE in_line AND id > 0 AND :state = 'queued'
           AND id < coalesce(:before::bigint, 9223372036854775807)
         ORDER BY id DESC LIMIT :window)
        UNION ALL
        (SELECT j.id, j.queue, j.state, j.owner, j.repository
         FROM assignments a JOIN jobs j ON j.id = ANY (ARRAY[a.job_id])
         WHERE a.outcome IS NULL AND :state <> 'created'
           AND a.job_id < coalesce(:before::bigint, 9223372036854775807)
         ORDER BY a.job_id DESC LIMIT :window)
        ORDER BY id DESC LIMIT :window
      ), matching AS (
        SELECT id FROM newest
        WHERE state = :state
          AND (:queue::text IS NULL OR queue = :queue)
          AND (:owner::text IS NULL OR owner = :owner)
          AND (:repository::text IS NULL OR repository = :repository)
        ORDER BY id DESC LIMIT :limit
      )
      SELECT id, false AS is_end FROM matching
      UNION ALL
      SELECT min(id), true FROM newest HAVING count(*) = :window
      """;

  private final JdbcClient jdbc;

  JobStatements(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Writes them, in their order. */
  List<Submitted> insert(List<JobSpec> specs) {
    return jdbc.sql(INSERT)
        .param("queues", texts(specs, JobSpec::queueName))
        .param("configs", texts(specs, JobSpec::config))
        .param("priorities", specs.stream().mapToInt(JobSpec::priority).toArray())
        .param(
            "timeouts",
            texts(specs, spec -> spec.timeoutMs() == null ? null : "" + spec.timeoutMs()))
        .param("maxAttempts", specs.stream().mapToInt(JobSpec::maxAttempts).toArray())
        .param("exclusives", texts(specs, spec -> "" + spec.exclusive()))
        .param("owners", texts(specs, JobSpec::owner))
        .param("repositories", texts(specs, JobSpec::repository))
        .param("groups", texts(specs, spec -> groupOf(spec.concurrency())))
        .param("groupMaxes", specs.stream().mapToInt(spec -> maxOf(spec.concurrency())).toArray())
        .param("publics", texts(specs, spec -> "" + spec.isPublic()))
        .param("states", texts(specs, spec -> spec.firstState().text()))
        .query(
            (row, n) ->
                new Submitted(
                    row.getLong("id"),
                    specs.get(n),
                    row.getObject("at", OffsetDateTime.class).toInstant()))
        .list();
  }

  /** The newest jobs that match, and where the search ended when it was not at the end. */
  Found page(JobFilter filter) {
    var state = filter.state();
    boolean unfinished = state != null && !state.isFinal();
    var rows =
        jdbc.sql(unfinished ? PAGE_UNFINISHED : PAGE)
            .param("before", filter.before())
            .param("queue", filter.queue())
            .param("state", state == null ? null : state.text())
            .param("owner", filter.owner())
            .param("repository", filter.repository())
            .param("limit", filter.limit())
            .param("window", WINDOW)
            .query((row, n) -> new Row(row.getLong("id"), row.getBoolean("is_end")))
            .list();
    var ids = rows.stream().filter(row -> !row.isEnd()).map(Row::id).toList();
    var end = rows.stream().filter(Row::isEnd).map(Row::id).findFirst();
    Long next = ids.size() == filter.limit() ? ids.getLast() : end.orElse(null);
    return new Found(ids, next);
  }

  private static @Nullable String groupOf(JobSpec.@Nullable Concurrency concurrency) {
    return concurrency == null ? null : concurrency.group();
  }

  private static int maxOf(JobSpec.@Nullable Concurrency concurrency) {
    return concurrency == null ? 1 : concurrency.max();
  }

  record Found(List<Long> ids, @Nullable Long next) {}

  private record Row(long id, boolean isEnd) {}

  private static @Nullable String[] texts(
      List<JobSpec> specs, Function<JobSpec, @Nullable String> column) {
    return specs.stream().map(column).toArray(String[]::new);
  }
}
