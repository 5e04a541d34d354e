package io.junction.api.assignment;

import io.junction.api.heartbeat.UpdateRequest;
import io.junction.api.heartbeat.UpdateVerdict;
import io.junction.api.problem.Refusal;
import io.junction.api.token.Caller;
import io.junction.common.transition.Verdict;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.util.Objects;
import java.util.UUID;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/assignments}. */
@RestController
@Tag(name = "assignments")
class AssignmentController {

  private final AssignmentStatements statements;
  private final ReportState reportState;

  AssignmentController(AssignmentStatements statements, ReportState reportState) {
    this.statements = statements;
    this.reportState = reportState;
  }

  @Operation(summary = "Say that this one assignment is being worked on")
  @PostMapping("/v1/assignments/{id}/heartbeat")
  AssignmentResponse beat(
      @PathVariable UUID id, @Parameter(hidden = true) @AuthenticationPrincipal Caller caller) {
    var worker = workerOf(caller);
    statements.renew(id, worker);
    var standing = statements.read(id, worker).orElseThrow(() -> unknown(id));
    if (!standing.open()) {
      throw Refusal.refused("assignment " + id + " is closed; end it", standing.state());
    }
    return new AssignmentResponse(standing.id(), standing.attempt(), standing.state());
  }

  @Operation(summary = "Report a change of state of one assignment's job")
  @PatchMapping("/v1/assignments/{id}/state")
  UpdateVerdict report(
      @PathVariable UUID id,
      @Valid @RequestBody UpdateRequest request,
      @Parameter(hidden = true) @AuthenticationPrincipal Caller caller) {
    if (request.assignment() != null && !request.assignment().equals(id)) {
      throw Refusal.invalid("assignment", "is not the one in the path; leave it out");
    }
    var report = request.reportOf(workerOf(caller), id, "");
    var verdict = reportState.report(report);
    return switch (verdict.kind()) {
      case APPLIED, UNCHANGED -> UpdateVerdict.of(report, verdict);
      case REFUSED -> throw refused(id, verdict);
      case UNKNOWN -> throw unknown(id);
    };
  }

  private static Refusal refused(UUID id, Verdict verdict) {
    var state = Objects.requireNonNull(verdict.state()).text();
    return Refusal.refused(
        "assignment " + id + " may not change its job, which is " + state + "; end it", state);
  }

  private static Refusal unknown(UUID id) {
    return Refusal.notFound("this worker has no assignment " + id);
  }

  private static UUID workerOf(Caller caller) {
    return Objects.requireNonNull(caller.worker(), "only a worker's own token gets here");
  }

  /** An assignment that is open. */
  record AssignmentResponse(UUID id, int attempt, String state) {}
}
