package io.junction.api.state;

import io.junction.api.assignment.ReportState;
import io.junction.api.problem.Refusal;
import io.junction.api.token.Caller;
import io.junction.common.transition.Verdict;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /jobs}, as Travis Hub has it. What the body says beyond the state is read where it means
 * something here, and let pass where it does not: such workers send all that they know each time.
 */
@RestController
@Tag(name = "jobs of Travis Hub")
class HubController {

  private final HubStatements statements;
  private final ReportState reports;
  private final CancelAssignment cancel;

  HubController(HubStatements statements, ReportState reports, CancelAssignment cancel) {
    this.statements = statements;
    this.reports = reports;
    this.cancel = cancel;
  }

  @Operation(summary = "Say which state a job has got, as its worker")
  @PatchMapping("/jobs/{id}/state")
  ResponseEntity<StateResponse> change(
      @PathVariable long id,
      @RequestBody Map<String, @Nullable Object> body,
      @Parameter(hidden = true) @AuthenticationPrincipal Caller caller) {
    return apply(id, HubReport.ofState(body), caller);
  }

  @Operation(summary = "Say what happened to a job, as its worker")
  @PostMapping("/jobs/{id}/events")
  ResponseEntity<StateResponse> tell(
      @PathVariable long id,
      @RequestBody Map<String, @Nullable Object> body,
      @Parameter(hidden = true) @AuthenticationPrincipal Caller caller) {
    if (!(body.get("event") instanceof String event)) {
      throw Refusal.malformed("event is missing, or no text");
    }
    return apply(id, HubReport.ofEvent(event, payloadOf(body)), caller);
  }

  private ResponseEntity<StateResponse> apply(long job, HubReport report, Caller caller) {
    var worker = Objects.requireNonNull(caller.worker(), "only a worker's token gets here");
    var spoken = find(job, worker, caller);
    var assignment = spoken.assignment();
    if (assignment == null) {
      throw Refusal.forbidden("this token's worker never had job " + job);
    }
    var event = report.event();
    if (event == null) {
      boolean canceled = cancel.cancel(assignment, worker, report.reason());
      return answer(canceled, find(job, worker, caller).state());
    }
    var verdict = reports.report(report.of(assignment, worker, event));
    var state = verdict.state();
    return answer(
        verdict.kind() != Verdict.Kind.REFUSED, state == null ? spoken.state() : state.text());
  }

  private HubStatements.Spoken find(long job, UUID worker, Caller caller) {
    return statements
        .find(job, worker, caller.assignment())
        .orElseThrow(() -> Refusal.notFound("there is no job " + job));
  }

  private static ResponseEntity<StateResponse> answer(boolean taken, String state) {
    return ResponseEntity.status(taken ? HttpStatus.OK : HttpStatus.CONFLICT)
        .body(new StateResponse(state));
  }

  private static Map<String, @Nullable Object> payloadOf(Map<String, @Nullable Object> body) {
    var payload = body.get("payload");
    if (payload == null) {
      return Map.of();
    }
    if (payload instanceof Map<?, ?> fields) {
      var named = new HashMap<String, @Nullable Object>();
      fields.forEach((name, value) -> named.put(String.valueOf(name), value));
      return named;
    }
    throw Refusal.malformed("payload is no object");
  }

  /** The state of the job by now. */
  record StateResponse(String state) {}
}
