package io.junction.api.job;

import io.junction.api.json.JsonObject;
import io.junction.api.problem.Refusal;
import io.junction.common.assignment.Assignments;
import io.junction.common.job.Job;
import io.junction.common.job.JobState;
import io.junction.common.job.Jobs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/jobs}. */
@RestController
@Tag(name = "jobs")
class JobController {

  private static final int MOST_JOBS = 10_000;

  private final SubmitJobs submit;
  private final ChangeJob change;
  private final JobStatements statements;
  private final Jobs jobs;
  private final Assignments assignments;
  private final JobRequestCheck check;

  JobController(
      SubmitJobs submit,
      ChangeJob change,
      JobStatements statements,
      Jobs jobs,
      Assignments assignments,
      JobRequestCheck check) {
    this.submit = submit;
    this.change = change;
    this.statements = statements;
    this.jobs = jobs;
    this.assignments = assignments;
    this.check = check;
  }

  @Operation(summary = "Submit a job, or an array of them: all or none")
  @PostMapping("/v1/jobs")
  ResponseEntity<Object> submit(@RequestBody JobsRequest request) {
    if (request.jobs().isEmpty() || request.jobs().size() > MOST_JOBS) {
      throw Refusal.invalid("body", "is 1 to " + MOST_JOBS + " jobs");
    }
    check.check(request);
    var specs = request.jobs().stream().map(JobRequest::spec).toList();
    var submitted = submit.submit(specs).stream().map(JobResponse::of).toList();
    if (request.many()) {
      return ResponseEntity.status(HttpStatus.CREATED).body(submitted);
    }
    var job = submitted.getFirst();
    return ResponseEntity.created(URI.create("/v1/jobs/" + job.id())).body(job);
  }

  @Operation(summary = "Read a job, with its config, its last assignment and its result")
  @GetMapping("/v1/jobs/{id}")
  JobResponse read(@PathVariable long id) {
    var job = jobs.findById(id).orElseThrow(() -> Refusal.notFound("there is no job " + id));
    var config = jobs.configOf(id).map(JsonObject::new).orElse(JsonObject.EMPTY);
    var current = job.assignmentId();
    var last =
        current == null
            ? assignments.findByJobIdOrderByIdDesc(id, Limit.of(1)).stream().findFirst()
            : assignments.findById(current);
    return JobResponse.of(job, config, last.orElse(null));
  }

  @Operation(summary = "List jobs, newest first")
  @GetMapping("/v1/jobs")
  JobResponse.Page list(
      @RequestParam(required = false) @Nullable String queue,
      @RequestParam(required = false) @Nullable String state,
      @RequestParam(required = false) @Nullable String owner,
      @RequestParam(required = false) @Nullable String repository,
      @RequestParam(required = false) @Nullable Long before,
      @RequestParam(defaultValue = "100")
          @Min(value = 1, message = "must be at least 1")
          @Max(value = 1000, message = "must be at most 1000")
          int limit) {
    var found =
        statements.page(new JobFilter(queue, stateOf(state), owner, repository, before, limit));
    return new JobResponse.Page(responsesOf(found.ids()), found.next());
  }

  @Operation(summary = "Cancel a job, whatever it is doing")
  @PostMapping("/v1/jobs/{id}/cancel")
  JobResponse cancel(
      @PathVariable long id,
      @Valid @RequestBody(required = false) @Nullable ReasonRequest request) {
    change.cancel(id, reasonOf(request, "canceled over the API"));
    return read(id);
  }

  @Operation(summary = "Restart a job: another attempt, by its original age")
  @PostMapping("/v1/jobs/{id}/restart")
  JobResponse restart(
      @PathVariable long id,
      @Valid @RequestBody(required = false) @Nullable ReasonRequest request) {
    change.restart(id, reasonOf(request, "restarted over the API"));
    return read(id);
  }

  private List<JobResponse> responsesOf(List<Long> ids) {
    Map<Long, Job> byId = new HashMap<>();
    jobs.findByIdIn(ids).forEach(job -> byId.put(job.id(), job));
    return ids.stream().map(byId::get).filter(Objects::nonNull).map(JobResponse::of).toList();
  }

  private static @Nullable JobState stateOf(@Nullable String state) {
    if (state == null) {
      return null;
    }
    for (var known : JobState.values()) {
      if (known.text().equals(state)) {
        return known;
      }
    }
    throw Refusal.invalid("state", "is one of the states of a job, as created or passed");
  }

  private static String reasonOf(@Nullable ReasonRequest request, String otherwise) {
    var reason = request == null ? null : request.reason();
    return reason == null ? otherwise : reason;
  }

  /** Why a job is canceled or restarted. */
  record ReasonRequest(
      @Nullable @Size(max = 1000, message = "has at most 1000 characters") String reason) {}
}
