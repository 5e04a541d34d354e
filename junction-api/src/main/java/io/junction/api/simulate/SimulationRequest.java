package io.junction.api.simulate;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is replayed, and what would be otherwise.
 *
 * @param hours so many until now; default 24
 * @param limits what is left out stays as it is
 */
record SimulationRequest(
    @Nullable
        @Min(value = 1, message = "must be at least 1")
        @Max(value = 168, message = "must be at most 168")
        Integer hours,
    @Nullable @Valid Changes limits) {

  private static final int HOURS = 24;

  int hoursOrDefault() {
    return hours == null ? HOURS : hours;
  }

  Changes changes() {
    return limits == null ? new Changes(null, null, null, null) : limits;
  }

  /**
   * What would be otherwise.
   *
   * @param owner in place of {@code junction.limits.owner}
   * @param owners by name, also of whom nothing is set
   * @param repositories so many jobs of each at a time, -1 for any number
   * @param queues by name
   */
  record Changes(
      @Nullable
          @Min(value = -1, message = "must be at least -1")
          @Max(value = 1_000_000, message = "must be at most 1000000")
          Integer owner,
      @Nullable @Size(max = 1000, message = "has at most 1000 owners")
          Map<String, @Nullable @Valid Owner> owners,
      @Nullable @Size(max = 1000, message = "has at most 1000 repositories")
          Map<String, @Nullable Integer> repositories,
      @Nullable @Size(max = 1000, message = "has at most 1000 queues")
          Map<String, @Nullable @Valid Queue> queues) {}

  /**
   * An owner's limits, as they are set by {@code PUT /v1/owners/{name}}; the boost lasts all the
   * time.
   */
  record Owner(
      @Nullable
          @Min(value = -1, message = "must be at least -1")
          @Max(value = 1_000_000, message = "must be at most 1000000")
          Integer maxRunning,
      @Nullable @Size(min = 1, max = 255, message = "has 1 to 255 characters") String plan,
      @Nullable
          @Min(value = 0, message = "must be at least 0")
          @Max(value = 1_000_000, message = "must be at most 1000000")
          Integer boost,
      @Nullable @Size(max = 1000, message = "has at most 1000 queues")
          Map<String, @Nullable Integer> queues) {}

  /** A queue's capacity, and the slots of all its workers together. */
  record Queue(
      @Nullable
          @Min(value = 0, message = "must be at least 0")
          @Max(value = 1_000_000, message = "must be at most 1000000")
          Integer capacity,
      @Nullable
          @Min(value = 0, message = "must be at least 0")
          @Max(value = 1_000_000, message = "must be at most 1000000")
          Integer slots) {}
}
