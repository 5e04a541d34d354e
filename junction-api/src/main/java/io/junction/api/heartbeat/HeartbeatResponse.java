package io.junction.api.heartbeat;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.junction.api.json.JsonObject;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a worker is answered; docs/protocol.md, section 3.2. */
record HeartbeatResponse(
    long seq,
    List<Work> assignments,
    List<UpdateVerdict> updates,
    String directive,
    long heartbeatIntervalMs,
    long leaseMs) {

  /**
   * An assignment that the worker should be working on; its job where the worker did not list it.
   */
  record Work(
      UUID id, int attempt, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable WorkJob job) {}

  /** What the worker needs to know of the job. */
  record WorkJob(
      long id, String queue, JsonObject config, @Nullable Long timeoutMs, boolean exclusive) {}
}
