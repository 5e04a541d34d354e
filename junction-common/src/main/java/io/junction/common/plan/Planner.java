package io.junction.common.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Gives each job, in the order of the line, to the worker that is least loaded at that moment.
 *
 * <p>Invariant: a queue's capacity and a worker's maximum are kept, and no slot stays free while a
 * job could take it. The same snapshot always gives the same plan. A heap keeps the workers in
 * order, so that n placements over m workers take O(m + n log m).
 */
public final class Planner {

  /** By the share of its slots that is taken; among equals the one with more free slots. */
  private static final Comparator<OpenSlot> LEAST_LOADED =
      Comparator.<OpenSlot>comparingDouble(slot -> (double) slot.busy() / slot.limit())
          .thenComparing(Comparator.comparingInt(OpenSlot::free).reversed())
          .thenComparing(OpenSlot::worker);

  private Planner() {}

  public static Plan plan(QueueSnapshot snapshot) {
    var slots = new PriorityQueue<OpenSlot>(Math.max(1, snapshot.slots().size()), LEAST_LOADED);
    snapshot.slots().stream().filter(slot -> slot.free() > 0).forEach(slots::add);
    var placements = new ArrayList<Placement>();
    int room = snapshot.room();
    for (var job : snapshot.jobs()) {
      if (placements.size() == room || slots.isEmpty()) {
        break;
      }
      var slot = slots.remove();
      placements.add(new Placement(job, slot.worker()));
      var taken = slot.withOneMore();
      if (taken.free() > 0) {
        slots.add(taken);
      }
    }
    return new Plan(placements, snapshot.jobs().size() - placements.size());
  }
}
