package io.junction.api.heartbeat;

import io.junction.api.json.JsonObject;
import io.junction.api.problem.Refusal;
import io.junction.common.job.JobState;
import io.junction.common.transition.JobEvent;
import io.junction.common.transition.Report;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A change of state that a worker reports; docs/protocol.md, section 3.3. It checks itself:
 * thousands come in one request, and a validator that looks for annotations costs more than all the
 * rest.
 */
public record UpdateRequest(
    @Nullable UUID assignment,
    @Nullable String event,
    @Nullable String state,
    @Nullable Instant at,
    @Nullable String reason,
    @Nullable JsonObject result) {

  private static final int MAX_REASON = 1000;
  private static final int MAX_RESULT_BYTES = 64 * 1024;

  /**
   * Reads it as a report of this worker.
   *
   * @param field where it stands in the request, as a prefix of the fields that are refused
   */
  public Report reportOf(UUID worker, UUID ofAssignment, String field) {
    var jobEvent = eventIn(field);
    if (reason != null && reason.length() > MAX_REASON) {
      throw Refusal.invalid(field + "reason", "has at most " + MAX_REASON + " characters");
    }
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
    if (event == null) {
      throw Refusal.invalid(field + "event", "is required");
    }
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
