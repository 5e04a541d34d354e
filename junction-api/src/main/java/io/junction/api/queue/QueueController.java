package io.junction.api.queue;

import io.junction.api.problem.Refusal;
import io.junction.common.queue.QueueName;
import io.junction.common.queue.Queues;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.data.domain.Limit;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/queues}. */
@RestController
@Tag(name = "queues")
class QueueController {

  private final Queues queues;
  private final ChangeQueue change;

  QueueController(Queues queues, ChangeQueue change) {
    this.queues = queues;
    this.change = change;
  }

  @Operation(summary = "List queues, by name")
  @GetMapping("/v1/queues")
  QueueResponse.Page list(
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "100")
          @Min(value = 1, message = "must be at least 1")
          @Max(value = 1000, message = "must be at most 1000")
          int limit) {
    var page =
        queues.findByNameGreaterThanOrderByName(after, Limit.of(limit)).stream()
            .map(QueueResponse::of)
            .toList();
    return new QueueResponse.Page(page, page.size() < limit ? null : page.getLast().name());
  }

  @Operation(summary = "Read a queue")
  @GetMapping("/v1/queues/{name}")
  QueueResponse read(@PathVariable String name) {
    return queues
        .findByName(nameOf(name).value())
        .map(QueueResponse::of)
        .orElseThrow(() -> Refusal.notFound("there is no queue " + name));
  }

  @Operation(summary = "Set a queue's capacity")
  @PutMapping("/v1/queues/{name}")
  ResponseEntity<QueueResponse> put(
      @PathVariable String name, @Valid @RequestBody QueueRequest request) {
    boolean isNew = change.limit(nameOf(name), request.capacity());
    return ResponseEntity.status(isNew ? HttpStatus.CREATED : HttpStatus.OK).body(read(name));
  }

  @Operation(summary = "Stop giving out jobs of a queue")
  @PostMapping("/v1/queues/{name}/pause")
  QueueResponse pause(@PathVariable String name) {
    change.pause(nameOf(name));
    return read(name);
  }

  @Operation(summary = "Give out jobs of a queue again")
  @PostMapping("/v1/queues/{name}/resume")
  QueueResponse resume(@PathVariable String name) {
    change.resume(nameOf(name));
    return read(name);
  }

  private static QueueName nameOf(String name) {
    try {
      return new QueueName(name);
    } catch (IllegalArgumentException e) {
      throw Refusal.invalid("name", "must match " + QueueName.PATTERN);
    }
  }
}
