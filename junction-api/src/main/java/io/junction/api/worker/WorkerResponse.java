package io.junction.api.worker;

import io.junction.api.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A worker as others see it.
 *
 * @param state alive, draining, lost or retired
 * @param assignmentCount how many assignments it holds
 */
record WorkerResponse(
    UUID id,
    String queue,
    @Nullable String name,
    @Nullable String version,
    String state,
    @Nullable Integer maxJobCount,
    int assignmentCount,
    JsonObject attributes,
    Instant registeredAt,
    @Nullable Instant lastHeartbeat,
    @Nullable Instant drainingAt,
    @Nullable Instant lostAt,
    @Nullable Instant retiredAt) {

  /** A page; {@code next} is the {@code after} of the page that follows, absent on the last. */
  record Page(List<WorkerResponse> workers, @Nullable UUID next) {}
}
