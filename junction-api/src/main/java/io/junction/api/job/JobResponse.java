package io.junction.api.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.junction.api.json.JsonObject;
import io.junction.common.assignment.Assignment;
import io.junction.common.job.Job;
import io.junction.common.job.JobSpec;
import io.junction.common.job.JobState;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job as it stands.
 *
 * @param queue null until the rules have decided
 * @param reason why it ended or was restarted, in plain words
 * @param build only of a job that belongs to one
 * @param config only where one job is read
 * @param assignment the current or the last one, only where one job is read
 * @param result what the worker said of the attempt that ended it, only where one job is read
 */
public record JobResponse(
    long id,
    String state,
    @Nullable String queue,
    int priority,
    int attempt,
    int maxAttempts,
    @Nullable Long timeoutMs,
    boolean exclusive,
    @Nullable String owner,
    @Nullable String repository,
    @JsonInclude(JsonInclude.Include.NON_NULL) JobSpec.@Nullable Concurrency concurrency,
    @JsonProperty("public") boolean isPublic,
    @Nullable String reason,
    Instant createdAt,
    @Nullable Instant queuedAt,
    @Nullable Instant receivedAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable Instant canceledAt,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Membership build,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable JsonObject config,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable AssignmentResponse assignment,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable JsonObject result) {

  public static JobResponse of(Job job) {
    return of(job, null, null);
  }

  /** As it stands right after its submission. */
  static JobResponse of(Submitted job) {
    var spec = job.spec();
    return new JobResponse(
        job.id(),
        spec.firstState().text(),
        spec.queueName(),
        spec.priority(),
        1,
        spec.maxAttempts(),
        spec.timeoutMs(),
        spec.exclusive(),
        spec.owner(),
        spec.repository(),
        spec.concurrency(),
        spec.isPublic(),
        null,
        job.at(),
        spec.firstState() == JobState.QUEUED ? job.at() : null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  static JobResponse of(Job job, @Nullable JsonObject config, @Nullable Assignment last) {
    boolean ended = last != null && last.id().equals(job.assignmentId()) && job.state().isFinal();
    var result = ended && last != null ? last.result() : null;
    return new JobResponse(
        job.id(),
        job.state().text(),
        job.queue(),
        job.priority(),
        job.attempt(),
        job.maxAttempts(),
        job.timeoutMs(),
        job.exclusive(),
        job.owner(),
        job.repository(),
        job.concurrency(),
        job.isPublic(),
        job.reason(),
        job.createdAt(),
        job.queuedAt(),
        job.receivedAt(),
        job.startedAt(),
        job.finishedAt(),
        job.canceledAt(),
        Membership.of(job),
        config,
        last == null ? null : AssignmentResponse.of(last),
        result == null ? null : new JsonObject(result));
  }

  /** The job's part in a build. */
  public record Membership(
      long id, @Nullable Long stageId, @Nullable String number, boolean allowFailure) {

    static @Nullable Membership of(Job job) {
      var build = job.buildId();
      return build == null
          ? null
          : new Membership(build, job.stageId(), job.number(), job.allowFailure());
    }
  }

  /** One attempt. */
  public record AssignmentResponse(
      UUID id,
      UUID workerId,
      int attempt,
      Instant createdAt,
      @Nullable Instant lastHeartbeat,
      @Nullable Instant endedAt,
      @Nullable String outcome,
      @Nullable String reason) {

    static AssignmentResponse of(Assignment assignment) {
      return new AssignmentResponse(
          assignment.id(),
          assignment.workerId(),
          assignment.attempt(),
          assignment.createdAt(),
          assignment.lastHeartbeat(),
          assignment.endedAt(),
          assignment.outcome(),
          assignment.reason());
    }
  }

  /** A page; {@code next} is the {@code before} of the page that follows, absent on the last. */
  public record Page(
      List<JobResponse> jobs, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long next) {}
}
