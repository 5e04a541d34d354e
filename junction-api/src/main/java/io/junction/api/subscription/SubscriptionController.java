package io.junction.api.subscription;

import io.junction.api.problem.Refusal;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/subscriptions}. */
@RestController
@Tag(name = "subscriptions")
class SubscriptionController {

  private final CreateSubscription create;
  private final ChangeSubscription change;
  private final RepeatDelivery repeat;
  private final SubscriptionListStatements statements;
  private final DeliveryStatements deliveries;

  SubscriptionController(
      CreateSubscription create,
      ChangeSubscription change,
      RepeatDelivery repeat,
      SubscriptionListStatements statements,
      DeliveryStatements deliveries) {
    this.create = create;
    this.change = change;
    this.repeat = repeat;
    this.statements = statements;
    this.deliveries = deliveries;
  }

  @Operation(summary = "Subscribe to builds")
  @PostMapping("/v1/subscriptions")
  ResponseEntity<SubscriptionResponse> create(@Valid @RequestBody SubscriptionRequest request) {
    var created = create.create(request);
    return ResponseEntity.created(URI.create("/v1/subscriptions/" + created.id()))
        .body(read(created.id()).with(created.secret()));
  }

  @Operation(summary = "List subscriptions: all that are not of a build, a repository's, a build's")
  @GetMapping("/v1/subscriptions")
  SubscriptionResponse.Page list(
      @RequestParam(required = false) @Nullable String repository,
      @RequestParam(required = false) @Nullable Long build,
      @RequestParam(required = false) @Nullable UUID after,
      @RequestParam(defaultValue = "100")
          @Min(value = 1, message = "must be at least 1")
          @Max(value = 1000, message = "must be at most 1000")
          int limit) {
    var page = statements.page(repository, build, after, limit);
    return new SubscriptionResponse.Page(page, page.size() < limit ? null : page.getLast().id());
  }

  @Operation(summary = "Read a subscription")
  @GetMapping("/v1/subscriptions/{id}")
  SubscriptionResponse read(@PathVariable UUID id) {
    return statements.one(id).orElseThrow(() -> ChangeSubscription.none(id));
  }

  @Operation(summary = "Change a subscription; what is left out stays")
  @PatchMapping("/v1/subscriptions/{id}")
  SubscriptionResponse change(
      @PathVariable UUID id, @Valid @RequestBody SubscriptionRequest request) {
    change.change(id, request);
    return read(id);
  }

  @Operation(summary = "End a subscription; what is pending of it is not sent")
  @DeleteMapping("/v1/subscriptions/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable UUID id) {
    change.delete(id);
  }

  @Operation(summary = "Enable a subscription again that was disabled because nothing arrived")
  @PostMapping("/v1/subscriptions/{id}/enable")
  SubscriptionResponse enable(@PathVariable UUID id) {
    change.enable(id);
    return read(id);
  }

  @Operation(summary = "List a subscription's deliveries, newest first")
  @GetMapping("/v1/subscriptions/{id}/deliveries")
  DeliveryResponse.Page deliveries(
      @PathVariable UUID id,
      @RequestParam(required = false) @Nullable String state,
      @RequestParam(required = false) @Nullable UUID before,
      @RequestParam(defaultValue = "100")
          @Min(value = 1, message = "must be at least 1")
          @Max(value = 1000, message = "must be at most 1000")
          int limit) {
    if (state != null && !DeliveryStatements.isState(state)) {
      throw Refusal.invalid("state", "is one of pending, delivered, dead, skipped");
    }
    read(id);
    var page = deliveries.page(id, state, before, limit);
    return new DeliveryResponse.Page(page, page.size() < limit ? null : page.getLast().id());
  }

  @Operation(summary = "Send a delivery once more, with the same id")
  @PostMapping("/v1/subscriptions/{id}/deliveries/{delivery}/redeliver")
  DeliveryResponse redeliver(@PathVariable UUID id, @PathVariable UUID delivery) {
    return repeat.repeat(id, delivery);
  }
}
