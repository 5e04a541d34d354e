package io.junction.api.subscription;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A delivery as it stands.
 *
 * @param id the same at each attempt
 * @param event kind of the event; null when that is older than the retention
 * @param dueAt of one that is pending, when it is sent next
 * @param error why the last attempt failed
 * @param detail what the target said when it arrived
 */
record DeliveryResponse(
    UUID id,
    String state,
    long eventId,
    @Nullable String event,
    long buildId,
    int attempts,
    Instant createdAt,
    @Nullable Instant dueAt,
    @Nullable Instant deliveredAt,
    @Nullable String error,
    @Nullable String detail) {

  /** A page; {@code next} is the {@code before} of the page that follows, absent on the last. */
  record Page(
      List<DeliveryResponse> deliveries,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UUID next) {}
}
