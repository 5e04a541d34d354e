package io.junction.common.explain;

import io.junction.common.explain.Reason.Kind;
import java.util.ArrayList;
import java.util.List;

/** Why a job that waits in its queue's line is not placed; nothing if it is about to be. */
final class QueuedReasons {

  private QueuedReasons() {}

  /**
   * What binds it.
   *
   * @param ahead how many are placed before it
   */
  static List<Reason> of(QueueFacts queue, int ahead) {
    var reasons = new ArrayList<Reason>();
    if (queue.paused()) {
      reasons.add(
          Reason.of(Kind.QUEUE_PAUSED, "the queue " + queue.name() + " is paused")
              .named(queue.name()));
    }
    var capacity = queue.capacity();
    if (capacity != null && queue.live() >= capacity) {
      reasons.add(
          Reason.of(
                  Kind.QUEUE_CAPACITY,
                  "the queue " + queue.name() + " runs " + queue.live() + " of " + capacity)
              .named(queue.name())
              .counted(queue.live(), capacity));
    }
    if (queue.alive() == 0) {
      reasons.add(
          Reason.of(
                  Kind.NO_WORKER, "no worker is alive in the queue " + queue.name() + others(queue))
              .named(queue.name())
              .counted(0));
    } else if (queue.freeSlots() == 0) {
      reasons.add(
          Reason.of(Kind.WORKERS_FULL, full(queue))
              .named(queue.name())
              .counted((int) queue.slots(), (int) queue.slots()));
    }
    if (reasons.isEmpty() && ahead >= queue.free()) {
      reasons.add(
          Reason.of(
                  Kind.LINE,
                  Words.jobs(ahead) + " before it, for " + Words.count(queue.free(), "free slot"))
              .named(queue.name())
              .counted(ahead));
    }
    return reasons;
  }

  private static String full(QueueFacts queue) {
    var whose = queue.alive() == 1 ? "the only worker" : "all " + queue.alive() + " workers";
    return whose
        + " of the queue "
        + queue.name()
        + (queue.alive() == 1 ? " is" : " are")
        + " full, with "
        + Words.count(queue.slots(), "slot")
        + others(queue);
  }

  private static String others(QueueFacts queue) {
    var others = new ArrayList<String>();
    if (queue.draining() > 0) {
      others.add(queue.draining() + " draining");
    }
    if (queue.silent() > 0) {
      others.add(queue.silent() + " silent");
    }
    return others.isEmpty() ? "" : " (" + String.join(", ", others) + ")";
  }
}
