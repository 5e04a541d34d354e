package io.junction.api.job;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.junction.api.json.JsonObject;
import io.junction.common.job.JobSpec;
import io.junction.common.queue.QueueName;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A job as its scheduler submits it; docs/protocol.md, section 4.1.
 *
 * @param queue left out when the rules are to decide
 * @param number only of a job of a build
 * @param allowFailure only of a job of a build
 */
public record JobRequest(
    @Nullable @Pattern(regexp = QueueName.PATTERN, message = "must match " + QueueName.PATTERN)
        String queue,
    @Nullable JsonObject config,
    @Nullable
        @Min(value = -1_000_000, message = "must be at least -1000000")
        @Max(value = 1_000_000, message = "must be at most 1000000")
        Integer priority,
    @Nullable
        @Min(value = 1, message = "must be at least 1")
        @Max(value = 2_592_000_000L, message = "must be at most 2592000000")
        Long timeoutMs,
    @Nullable
        @Min(value = 1, message = "must be at least 1")
        @Max(value = 1000, message = "must be at most 1000")
        Integer maxAttempts,
    @Nullable Boolean exclusive,
    @Nullable @Size(min = 1, max = 255, message = "has 1 to 255 characters") String owner,
    @Nullable @Size(min = 1, max = 255, message = "has 1 to 255 characters") String repository,
    @Nullable @Size(min = 1, max = 255, message = "has 1 to 255 characters") String number,
    @Nullable Boolean allowFailure,
    @Nullable @Valid ConcurrencyRequest concurrency,
    @JsonProperty("public") @Nullable Boolean isPublic) {

  /**
   * A concurrency group.
   *
   * @param group of the jobs that name the same, {@code max} are queued, received or started
   * @param max default 1
   */
  public record ConcurrencyRequest(
      @NotNull(message = "is required")
          @Size(min = 1, max = 255, message = "has 1 to 255 characters")
          String group,
      @Nullable
          @Min(value = 1, message = "must be at least 1")
          @Max(value = 1_000_000, message = "must be at most 1000000")
          Integer max) {

    JobSpec.Concurrency concurrency() {
      return new JobSpec.Concurrency(group, Objects.requireNonNullElse(max, 1));
    }
  }

  public JobSpec spec() {
    return new JobSpec(
        queue == null ? null : new QueueName(queue),
        Objects.requireNonNullElse(config, JsonObject.EMPTY).text(),
        Objects.requireNonNullElse(priority, 0),
        timeoutMs,
        Objects.requireNonNullElse(maxAttempts, JobSpec.DEFAULT_MAX_ATTEMPTS),
        Boolean.TRUE.equals(exclusive),
        owner,
        repository,
        concurrency == null ? null : concurrency.concurrency(),
        Boolean.TRUE.equals(isPublic));
  }
}
