package io.junction.api.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event as it is told; docs/events.md.
 *
 * @param id rises; the cursor, by which a stream goes on, is another thing
 * @param version rises with each event of the same job, build or stage
 * @param payload what it was like then: a {@link JobSnapshot}, or the JSON that was stored
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record EventResponse(
    long id,
    String kind,
    int version,
    Instant at,
    @Nullable Long jobId,
    @Nullable Long buildId,
    @Nullable Long stageId,
    @Nullable UUID workerId,
    @Nullable String queue,
    @Nullable String owner,
    @Nullable String repository,
    @Nullable Object payload) {

  /** A job as it was when it was told of. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record JobSnapshot(
      @Nullable String state,
      @Nullable Integer attempt,
      @Nullable String reason,
      @Nullable Instant queuedAt,
      @Nullable Instant receivedAt,
      @Nullable Instant startedAt,
      @Nullable Instant finishedAt) {}
}
