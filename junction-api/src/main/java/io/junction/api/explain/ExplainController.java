package io.junction.api.explain;

import io.junction.api.problem.Refusal;
import io.junction.common.explain.ExplainJob;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/jobs/{id}/explain}. */
@RestController
@Tag(name = "jobs")
class ExplainController {

  private final ExplainJob explain;

  ExplainController(ExplainJob explain) {
    this.explain = explain;
  }

  @Operation(summary = "Say why a job is where it is, its place in line, and when it may start")
  @GetMapping("/v1/jobs/{id}/explain")
  ExplanationResponse read(@PathVariable long id) {
    return explain
        .explain(id)
        .map(ExplanationResponse::of)
        .orElseThrow(() -> Refusal.notFound("there is no job " + id));
  }
}
