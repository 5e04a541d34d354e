package io.junction.api.build;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.junction.api.job.JobResponse;
import io.junction.api.json.JsonObject;
import io.junction.common.build.Build;
import io.junction.common.build.Stage;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A build as it stands.
 *
 * @param duration seconds, the sum of its jobs'; null until it has ended
 * @param stages only where one build is read
 * @param jobs only where one build is read
 * @param config only where one build is read
 */
record BuildResponse(
    long id,
    String state,
    @Nullable String previousState,
    @Nullable String repository,
    @Nullable String owner,
    @Nullable String branch,
    @Nullable String number,
    @Nullable String commit,
    @Nullable String message,
    String eventType,
    @Nullable Integer pullRequestNumber,
    @Nullable String pullRequestTitle,
    @Nullable String url,
    boolean fastFinish,
    @Nullable String reason,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable Instant canceledAt,
    @Nullable Instant restartedAt,
    @Nullable Long duration,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable JsonObject config,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<StageResponse> stages,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<JobResponse> jobs) {

  static BuildResponse of(Build build) {
    return of(build, null, null, null);
  }

  static BuildResponse of(
      Build build,
      @Nullable JsonObject config,
      @Nullable List<StageResponse> stages,
      @Nullable List<JobResponse> jobs) {
    return new BuildResponse(
        build.id(),
        build.state().text(),
        build.previousState(),
        build.repository(),
        build.owner(),
        build.branch(),
        build.number(),
        build.commit(),
        build.message(),
        build.eventType(),
        build.pullRequestNumber(),
        build.pullRequestTitle(),
        build.url(),
        build.fastFinish(),
        build.reason(),
        build.createdAt(),
        build.startedAt(),
        build.finishedAt(),
        build.canceledAt(),
        build.restartedAt(),
        build.duration(),
        config,
        stages,
        jobs);
  }

  /** One of its stages; its jobs name it. */
  record StageResponse(
      long id,
      int number,
      @Nullable String name,
      String state,
      @Nullable Instant startedAt,
      @Nullable Instant finishedAt,
      @Nullable Long duration) {

    static StageResponse of(Stage stage) {
      return new StageResponse(
          stage.id(),
          stage.number(),
          stage.name(),
          stage.state().text(),
          stage.startedAt(),
          stage.finishedAt(),
          stage.duration());
    }
  }

  /** A page; {@code next} is the {@code before} of the page that follows, absent on the last. */
  record Page(
      List<BuildResponse> builds, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long next) {}
}
