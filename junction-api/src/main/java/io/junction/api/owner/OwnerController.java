package io.junction.api.owner;

import io.junction.api.problem.Refusal;
import io.junction.common.limit.Worlds;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/owners} and {@code /v1/repositories}. */
@RestController
@Tag(name = "limits")
class OwnerController {

  private static final int LONGEST_NAME = 255;

  private final OwnerStatements statements;
  private final ChangeOwner change;
  private final Worlds worlds;

  OwnerController(OwnerStatements statements, ChangeOwner change, Worlds worlds) {
    this.statements = statements;
    this.change = change;
    this.worlds = worlds;
  }

  @Operation(summary = "List owners, by name, with what runs and what waits")
  @GetMapping("/v1/owners")
  OwnerResponse.Page list(
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "100")
          @Min(value = 1, message = "must be at least 1")
          @Max(value = 1000, message = "must be at most 1000")
          int limit) {
    var names = statements.names(after, limit);
    return new OwnerResponse.Page(
        responsesOf(names), names.size() < limit ? null : names.getLast());
  }

  @Operation(summary = "Read an owner; one of whom nothing is set has the default limit")
  @GetMapping("/v1/owners/{name}")
  OwnerResponse read(@PathVariable String name) {
    return responsesOf(List.of(checked(name))).getFirst();
  }

  @Operation(summary = "Set an owner's limits; what is left out is not set")
  @PutMapping("/v1/owners/{name}")
  ResponseEntity<OwnerResponse> put(
      @PathVariable String name, @Valid @RequestBody OwnerRequest request) {
    boolean isNew = change.put(checked(name), request);
    return ResponseEntity.status(isNew ? HttpStatus.CREATED : HttpStatus.OK).body(read(name));
  }

  @Operation(summary = "Read the limit of a repository, whose name may have slashes")
  @GetMapping("/v1/repositories/{*name}")
  Repository repository(@PathVariable String name) {
    var own = checked(name.substring(1));
    return new Repository(own, statements.repository(own));
  }

  @Operation(summary = "Set the limit of a repository; none when it is left out")
  @PutMapping("/v1/repositories/{*name}")
  Repository limit(@PathVariable String name, @Valid @RequestBody RepositoryRequest request) {
    change.limitRepository(checked(name.substring(1)), request.maxRunning());
    return repository(name);
  }

  private List<OwnerResponse> responsesOf(List<String> names) {
    var settings = statements.settings(names);
    return worlds.standings(names).stream()
        .map(
            standing ->
                OwnerResponse.of(
                    settings.getOrDefault(
                        standing.name(), OwnerStatements.Settings.none(standing.name())),
                    standing))
        .toList();
  }

  private static String checked(String name) {
    if (name.isEmpty() || name.length() > LONGEST_NAME) {
      throw Refusal.invalid("name", "has 1 to " + LONGEST_NAME + " characters");
    }
    return name;
  }

  /** So many jobs of it are queued, received or started at a time; null or -1 for any number. */
  record RepositoryRequest(
      @Nullable
          @Min(value = -1, message = "must be at least -1")
          @Max(value = 1_000_000, message = "must be at most 1000000")
          Integer maxRunning) {}

  /** A repository's limit; null when none is set. */
  record Repository(String name, @Nullable Integer maxRunning) {}
}
