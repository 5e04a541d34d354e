package io.junction.api.build;

import io.junction.api.build.BuildPageStatements.Filter;
import io.junction.api.build.BuildResponse.StageResponse;
import io.junction.api.job.JobResponse;
import io.junction.api.json.JsonObject;
import io.junction.api.problem.Refusal;
import io.junction.common.build.BuildState;
import io.junction.common.build.Builds;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/builds}. */
@RestController
@Tag(name = "builds")
class BuildController {

  private final CreateBuild create;
  private final ChangeBuild change;
  private final BuildPageStatements pages;
  private final Builds builds;
  private final BuildParts parts;
  private final BuildRequestCheck check;

  BuildController(
      CreateBuild create,
      ChangeBuild change,
      BuildPageStatements pages,
      Builds builds,
      BuildParts parts,
      BuildRequestCheck check) {
    this.create = create;
    this.change = change;
    this.pages = pages;
    this.builds = builds;
    this.parts = parts;
    this.check = check;
  }

  @Operation(summary = "Create a build with its jobs, or with stages that have them: all or none")
  @PostMapping("/v1/builds")
  ResponseEntity<BuildResponse> create(@RequestBody BuildRequest request) {
    check.check(request);
    long id = create.create(request);
    return ResponseEntity.created(URI.create("/v1/builds/" + id)).body(read(id));
  }

  @Operation(summary = "Read a build, with its config, its stages and its jobs")
  @GetMapping("/v1/builds/{id}")
  BuildResponse read(@PathVariable long id) {
    var build = builds.findById(id).orElseThrow(() -> Refusal.notFound("there is no build " + id));
    var config = builds.configOf(id).map(JsonObject::new).orElse(JsonObject.EMPTY);
    return BuildResponse.of(
        build,
        config,
        parts.stagesOf(id).stream().map(StageResponse::of).toList(),
        parts.jobsOf(id).stream().map(JobResponse::of).toList());
  }

  @Operation(summary = "List builds, newest first")
  @GetMapping("/v1/builds")
  BuildResponse.Page list(
      @RequestParam(required = false) @Nullable String state,
      @RequestParam(required = false) @Nullable String owner,
      @RequestParam(required = false) @Nullable String repository,
      @RequestParam(required = false) @Nullable String branch,
      @RequestParam(required = false) @Nullable Long before,
      @RequestParam(defaultValue = "100")
          @Min(value = 1, message = "must be at least 1")
          @Max(value = 1000, message = "must be at most 1000")
          int limit) {
    if (state != null
        && Arrays.stream(BuildState.values()).noneMatch(known -> known.text().equals(state))) {
      throw Refusal.invalid("state", "is one of the states of a build, as started or passed");
    }
    var found = pages.page(new Filter(state, owner, repository, branch, before, limit));
    var byId =
        builds.findByIdIn(found.ids()).stream()
            .map(BuildResponse::of)
            .collect(Collectors.toMap(BuildResponse::id, Function.identity()));
    var page = found.ids().stream().map(byId::get).filter(Objects::nonNull).toList();
    return new BuildResponse.Page(page, found.next());
  }

  @Operation(summary = "Cancel a build: all of its jobs that have not ended")
  @PostMapping("/v1/builds/{id}/cancel")
  BuildResponse cancel(
      @PathVariable long id,
      @Valid @RequestBody(required = false) @Nullable CancelRequest request) {
    var reason = request == null ? null : request.reason();
    change.cancel(id, reason == null ? "canceled over the API" : reason);
    return read(id);
  }

  @Operation(summary = "Restart a build, or one of its jobs")
  @PostMapping("/v1/builds/{id}/restart")
  BuildResponse restart(
      @PathVariable long id,
      @Valid @RequestBody(required = false) @Nullable RestartRequest request) {
    var reason = request == null ? null : request.reason();
    var because = reason == null ? "restarted over the API" : reason;
    var job = request == null ? null : request.job();
    if (job == null) {
      change.restart(id, because);
    } else {
      parts.restart(id, job, because);
    }
    return read(id);
  }

  /** Why a build is canceled. */
  record CancelRequest(
      @Nullable @Size(max = 1000, message = "has at most 1000 characters") String reason) {}

  /**
   * Why a build is restarted.
   *
   * @param job the only one of its jobs to be restarted; null: each that has ended, or runs
   */
  record RestartRequest(
      @Nullable @Size(max = 1000, message = "has at most 1000 characters") String reason,
      @Nullable Long job) {}
}
