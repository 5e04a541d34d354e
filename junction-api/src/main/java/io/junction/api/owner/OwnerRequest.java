package io.junction.api.owner;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What can be set of an owner; what is left out is not set.
 *
 * @param maxRunning jobs queued, received or started at a time, -1 for any number; not set: what
 *     the plan or the configuration says
 * @param plan a plan of the configuration
 * @param boost added for a while
 * @param sharesWith the owner with whom it shares one limit
 * @param weight its share of scarce slots where a dispatcher is fair to owners; default 1
 * @param queues the same as {@code max_running}, in one queue each
 */
record OwnerRequest(
    @Nullable
        @Min(value = -1, message = "must be at least -1")
        @Max(value = 1_000_000, message = "must be at most 1000000")
        Integer maxRunning,
    @Nullable @Size(min = 1, max = 255, message = "has 1 to 255 characters") String plan,
    @Nullable @Valid Boost boost,
    @Nullable @Size(min = 1, max = 255, message = "has 1 to 255 characters") String sharesWith,
    @Nullable
        @Min(value = 1, message = "must be at least 1")
        @Max(value = 1000, message = "must be at most 1000")
        Integer weight,
    @Nullable @Size(max = 1000, message = "has at most 1000 queues")
        Map<String, @Nullable Integer> queues) {

  /** So many more, until then. */
  record Boost(
      @NotNull(message = "is required")
          @Min(value = 0, message = "must be at least 0")
          @Max(value = 1_000_000, message = "must be at most 1000000")
          Integer max,
      @NotNull(message = "is required") Instant until) {}
}
