package io.junction.api.heartbeat;

import io.junction.api.json.JsonObject;
import io.junction.api.problem.Refusal;
import io.junction.common.job.JobState;
import io.junction.common.transition.JobEvent;
import io.junction.common.transition.Report;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A change of state that a worker reports; docs/protocol.md, section 3.3. */
public record UpdateRequest(
    @Nullable UUID assignment,
    @NotNull(message = "is required") String event,
    @Nullable String state,
    @Nullable Instant at,
    @Nullable @Size(max = 1000, message = "has at most 1000 characters") String reason,
    @Nullable JsonObject result) {

  private static final int MAX_RESULT_BYTES = 64 * 1024;

  /**
   * Reads it as a report of this worker.
   *
   * @param field where it stands in the request, as a prefix of the fields that are refused
   */
  public Report reportOf(UUID worker, UUID ofAssignment, String field) {
    var jobEvent = eventIn(field);
    var finalState = finalStateIn(field, jobEvent);
    var text = result == null ? null : result.text();
    if (text != null && jobEvent != JobEvent.FINISH) {
      throw Refusal.invalid(field + "result", "belongs to a finish");
    }
    if (text != null && text.getBytes(StandardCharsets.UTF_8).length > MAX_RESULT_BYTES) {
      throw Refusal.invalid(field + "result", "has at most " + MAX_RESULT_BYTES + " bytes");
    }
    return new Report(ofAssignment, worker, jobEvent, finalState, at, reason, text);
  }

  private JobEvent eventIn(String field) {
    for (var known : JobEvent.values()) {
      if (known.text().equals(event)) {
        return known;
      }
    }
    throw Refusal.invalid(field + "event", "is one of receive, start, finish, restart");
  }

  private @Nullable JobState finalStateIn(String field, JobEvent jobEvent) {
    if (jobEvent != JobEvent.FINISH) {
      if (state != null) {
        throw Refusal.invalid(field + "state", "belongs to a finish");
      }
      return null;
    }
    return switch (state == null ? "" : state) {
      case "passed" -> JobState.PASSED;
      case "failed" -> JobState.FAILED;
      case "errored" -> JobState.ERRORED;
      default -> throw Refusal.invalid(field + "state", "is passed, failed or errored");
    };
  }
}
