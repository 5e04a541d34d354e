package io.junction.api.worker;

import io.junction.api.problem.Refusal;
import io.junction.api.token.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/workers}. */
@RestController
@Tag(name = "workers")
class WorkerController {

  private final RegisterWorker register;
  private final RetireWorker retire;
  private final WorkerStatements statements;

  WorkerController(RegisterWorker register, RetireWorker retire, WorkerStatements statements) {
    this.register = register;
    this.retire = retire;
    this.statements = statements;
  }

  @Operation(summary = "Register a worker")
  @PostMapping("/v1/workers")
  ResponseEntity<RegisterResponse> register(@Valid @RequestBody RegisterRequest request) {
    var registered = register.register(request);
    return ResponseEntity.created(URI.create("/v1/workers/" + registered.id())).body(registered);
  }

  @Operation(summary = "List workers, with their version and attributes, by registration")
  @GetMapping("/v1/workers")
  WorkerResponse.Page list(
      @RequestParam(required = false) @Nullable String queue,
      @RequestParam(required = false) @Nullable String version,
      @RequestParam(required = false) @Nullable UUID after,
      @RequestParam(defaultValue = "100")
          @Min(value = 1, message = "must be at least 1")
          @Max(value = 1000, message = "must be at most 1000")
          int limit) {
    var workers = statements.page(queue, version, after, limit);
    return new WorkerResponse.Page(workers, workers.size() < limit ? null : workers.getLast().id());
  }

  @Operation(summary = "Read a worker")
  @GetMapping("/v1/workers/{id}")
  WorkerResponse read(@PathVariable UUID id) {
    return statements.one(id).orElseThrow(() -> nobody(id));
  }

  @Operation(summary = "Ask a worker to finish what it runs and to retire")
  @PostMapping("/v1/workers/{id}/drain")
  WorkerResponse drain(@PathVariable UUID id) {
    if (!retire.drain(id)) {
      throw nobody(id);
    }
    return read(id);
  }

  @Operation(summary = "Retire a worker; what it has is queued again at once")
  @DeleteMapping("/v1/workers/{id}")
  @ResponseStatus(org.springframework.http.HttpStatus.NO_CONTENT)
  void retire(
      @PathVariable UUID id, @Parameter(hidden = true) @AuthenticationPrincipal Caller caller) {
    boolean itself = caller.is(id.toString());
    var reason = itself ? "its worker retired" : "its worker was retired by an operator";
    if (!retire.retire(id, reason, !itself)) {
      throw nobody(id);
    }
  }

  private static Refusal nobody(UUID id) {
    return Refusal.notFound("there is no worker " + id);
  }
}
