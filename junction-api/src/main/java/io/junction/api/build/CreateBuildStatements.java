package io.junction.api.build;

import io.junction.api.job.JobRequest;
import io.junction.api.json.JsonObject;
import io.junction.common.job.JobSpec;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of a new build. */
@Component
class CreateBuildStatements {

  private static final String BUILD =
      """
      INSERT INTO builds (repository, owner, branch, number, commit, message, event_type,
        pull_request_number, pull_request_title, url, previous_state, fast_finish)
      VALUES (:repository, :owner, :branch, :number, :commit, :message,
        coalesce(:eventType, 'push'), :pullRequestNumber, :pullRequestTitle, :url,
        :previousState, :fastFinish)
      RETURNING id
      """;

  private static final String CONFIG =
      "INSERT INTO build_configs (build_id, config) VALUES (:build, :config::jsonb)";

  private static final String STAGES =
      """
      INSERT INTO stages (build_id, number, name)
      SELECT :build, n, name FROM unnest(:names::text[]) WITH ORDINALITY AS s(name, n) ORDER BY n
      RETURNING id, number
      """;

  private static final String JOBS =
      """
      WITH spec AS (
        SELECT nextval('jobs_id_seq') AS id, s.*
        FROM (
          SELECT * FROM unnest(
            :queues::text[], :configs::text[], :priorities::int[], :timeouts::bigint[],
            :maxAttempts::int[], :exclusives::boolean[], :owners::text[], :repositories::text[],
            :numbers::text[], :allowed::boolean[], :groups::text[], :groupMaxes::int[],
            :publics::boolean[]
          ) WITH ORDINALITY AS u(
            queue, config, priority, timeout_ms, max_attempts, exclusive, owner, repository,
            number, allow_failure, concurrency_group, concurrency_max, public, n)
          ORDER BY n
        ) AS s
      ), job AS (
        INSERT INTO jobs (
          id, queue, state, priority, timeout_ms, max_attempts, exclusive, owner, repository,
          build_id, stage_id, number, allow_failure, concurrency_group, concurrency_max, public)
        SELECT
          id, queue, 'created', priority, timeout_ms, max_attempts, exclusive, owner, repository,
          :build, :stage, number, allow_failure, concurrency_group, concurrency_max, public
        FROM spec ORDER BY n
      )
      INSERT INTO job_configs (job_id, config) SELECT id, config::jsonb FROM spec ORDER BY n
      """;

  private final JdbcClient jdbc;

  CreateBuildStatements(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Its id. */
  long insert(BuildRequest build) {
    return jdbc.sql(BUILD)
        .param("repository", build.repository())
        .param("owner", build.owner())
        .param("branch", build.branch())
        .param("number", build.number())
        .param("commit", build.commit())
        .param("message", build.message())
        .param("eventType", build.eventType())
        .param("pullRequestNumber", build.pullRequestNumber())
        .param("pullRequestTitle", build.pullRequestTitle())
        .param("url", build.url())
        .param("previousState", build.previousState())
        .param("fastFinish", Boolean.TRUE.equals(build.fastFinish()))
        .query((row, n) -> row.getLong("id"))
        .single();
  }

  void insertConfig(long build, JsonObject config) {
    jdbc.sql(CONFIG).param("build", build).param("config", config.text()).update();
  }

  /** Their ids, in their order. */
  List<Long> insertStages(long build, List<BuildRequest.StageRequest> stages) {
    return jdbc
        .sql(STAGES)
        .param("build", build)
        .param("names", stages.stream().map(BuildRequest.StageRequest::name).toArray(String[]::new))
        .query((row, n) -> new Numbered(row.getLong("id"), row.getInt("number")))
        .list()
        .stream()
        .sorted(Comparator.comparingInt(Numbered::number))
        .map(Numbered::id)
        .toList();
  }

  /** What a job does not say of owner and repository, its build says. */
  void insertJobs(Place place, List<JobRequest> jobs, BuildRequest build) {
    jdbc.sql(JOBS)
        .param("build", place.build())
        .param("stage", place.stage())
        .param("queues", texts(jobs, JobRequest::queue))
        .param("configs", texts(jobs, job -> job.spec().config()))
        .param("priorities", jobs.stream().mapToInt(job -> job.spec().priority()).toArray())
        .param(
            "timeouts", texts(jobs, job -> job.timeoutMs() == null ? null : "" + job.timeoutMs()))
        .param("maxAttempts", jobs.stream().mapToInt(job -> job.spec().maxAttempts()).toArray())
        .param("exclusives", texts(jobs, job -> "" + job.spec().exclusive()))
        .param("owners", texts(jobs, job -> orElse(job.owner(), build.owner())))
        .param("repositories", texts(jobs, job -> orElse(job.repository(), build.repository())))
        .param(
            "numbers",
            IntStream.range(0, jobs.size())
                .mapToObj(
                    i ->
                        Objects.requireNonNullElse(
                            jobs.get(i).number(), place.label() + "." + (place.first() + i)))
                .toArray(String[]::new))
        .param("allowed", texts(jobs, job -> "" + Boolean.TRUE.equals(job.allowFailure())))
        .param("groups", texts(jobs, job -> groupOf(job.spec().concurrency())))
        .param(
            "groupMaxes", jobs.stream().mapToInt(job -> maxOf(job.spec().concurrency())).toArray())
        .param("publics", texts(jobs, job -> "" + job.spec().isPublic()))
        .update();
  }

  private static @Nullable String groupOf(JobSpec.@Nullable Concurrency concurrency) {
    return concurrency == null ? null : concurrency.group();
  }

  private static int maxOf(JobSpec.@Nullable Concurrency concurrency) {
    return concurrency == null ? 1 : concurrency.max();
  }

  private static @Nullable String orElse(@Nullable String own, @Nullable String ofBuild) {
    return own == null ? ofBuild : own;
  }

  private static @Nullable String[] texts(
      List<JobRequest> jobs, Function<JobRequest, @Nullable String> column) {
    return jobs.stream().map(column).toArray(String[]::new);
  }

  /**
   * Where jobs belong.
   *
   * @param label the build's number as people know it
   * @param first the number of the first of these jobs within the build
   */
  record Place(long build, @Nullable Long stage, String label, int first) {}

  private record Numbered(long id, int number) {}
}
