package io.junction.api.build;

import io.junction.api.job.JobRequest;
import io.junction.api.json.JsonObject;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A build as its scheduler creates it; docs/protocol.md, section 4.4. It has either jobs, or stages
 * that have them.
 *
 * @param previousState how the build before it on its branch ended; looked up when it is not said
 * @param fastFinish whether it ends without waiting for jobs that may fail
 * @param config an object that Junction keeps; its {@code notifications} say who hears of the build
 */
record BuildRequest(
    @Nullable @Size(min = 1, max = 255, message = TEXT) String repository,
    @Nullable @Size(min = 1, max = 255, message = TEXT) String owner,
    @Nullable @Size(min = 1, max = 255, message = TEXT) String branch,
    @Nullable @Size(min = 1, max = 255, message = TEXT) String number,
    @Nullable @Size(min = 1, max = 255, message = TEXT) String commit,
    @Nullable @Size(max = 10_000, message = "has at most 10000 characters") String message,
    @Nullable
        @Pattern(
            regexp = "push|pull_request|api|cron",
            message = "is push, pull_request, api or cron")
        String eventType,
    @Nullable @Min(value = 1, message = "must be at least 1") Integer pullRequestNumber,
    @Nullable @Size(min = 1, max = 255, message = TEXT) String pullRequestTitle,
    @Nullable
        @Pattern(
            regexp = "https?://[^\\s\\p{Cntrl}]{1,2000}",
            message = "is an http or https URL of at most 2000 characters")
        String url,
    @Nullable
        @Pattern(
            regexp = "passed|failed|errored|canceled",
            message = "is passed, failed, errored or canceled")
        String previousState,
    @Nullable Boolean fastFinish,
    @Nullable JsonObject config,
    @Nullable List<JobRequest> jobs,
    @Nullable List<StageRequest> stages) {

  private static final String TEXT = "has 1 to 255 characters";

  /** Stages run one after the other, in their order here. */
  record StageRequest(@Nullable String name, @Nullable List<JobRequest> jobs) {}
}
