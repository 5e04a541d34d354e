package io.junction.common.simulate;

import io.junction.common.limit.Limits;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * By what jobs are let in and placed.
 *
 * @param queues by name; one that is not here has no slots
 */
public record Conditions(Limits limits, Map<String, QueueRoom> queues) {

  public Conditions {
    queues = Map.copyOf(queues);
  }

  /**
   * How many jobs of a queue run at a time.
   *
   * @param capacity null for as many as the slots
   * @param slots of all its workers together; to which of them a job goes changes no waiting time
   */
  public record QueueRoom(@Nullable Integer capacity, int slots) {

    /** The smaller of both. */
    public int max() {
      return capacity == null ? slots : Math.min(capacity, slots);
    }
  }
}
