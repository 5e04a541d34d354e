package io.junction.api.simulate;

import io.junction.common.simulate.Waits;
import java.time.Instant;
import java.util.List;

/**
 * How long jobs waited, and would have.
 *
 * @param jobs how many waited in the window
 * @param leftOut how many ended in it without having been taken up, and are not replayed
 * @param cut whether there were more jobs than are looked at, so that the window is shorter
 * @param queues those with the most jobs, of which there are 1,000 at most
 * @param owners those with the most jobs, of which there are 100 at most
 */
record SimulationResponse(
    Window window,
    int jobs,
    int leftOut,
    boolean cut,
    List<QueueWaits> queues,
    List<OwnerWaits> owners) {

  record Window(Instant from, Instant to, int hours) {}

  /** So many at a time, -1 for any number. */
  record Max(int before, int after) {}

  /**
   * Of a queue.
   *
   * @param max the smaller of its capacity and its slots
   */
  record QueueWaits(String queue, int jobs, Max max, Waits measured, Waits before, Waits after) {}

  /**
   * Of an owner.
   *
   * @param max of all who share its limit
   */
  record OwnerWaits(String owner, int jobs, Max max, Waits measured, Waits before, Waits after) {}
}
