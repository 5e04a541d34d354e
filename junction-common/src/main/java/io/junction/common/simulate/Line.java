package io.junction.common.simulate;

import io.junction.common.limit.Asking;
import io.junction.common.plan.OpenSlot;
import io.junction.common.plan.Planner;
import io.junction.common.plan.QueueSnapshot;
import io.junction.common.plan.QueuedJob;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.UUID;

/** A queue: who waits in its line, and how many of it run. */
final class Line {

  /** One worker with all the slots, since it changes no waiting time who has them. */
  private static final UUID WORKER = new UUID(0, 0);

  private final String queue;
  private final Conditions.QueueRoom room;
  private final PriorityQueue<Queued> jobs =
      new PriorityQueue<>(
          Comparator.<Queued>comparingInt(queued -> -queued.job().priority())
              .thenComparingLong(Queued::since)
              .thenComparingLong(queued -> queued.job().id()));
  private int running;

  private record Queued(Asking job, long since) {}

  Line(String queue, Conditions.QueueRoom room) {
    this.queue = queue;
    this.room = room;
  }

  void add(Asking job, long now) {
    jobs.add(new Queued(job, now));
  }

  /** It runs already. */
  void take() {
    running++;
  }

  void end() {
    running--;
  }

  /** Gives the front of the line to the slots that are free, and says whom. */
  List<Asking> place() {
    var worker = new OpenSlot(WORKER, running, room.slots());
    var snapshot =
        new QueueSnapshot(queue, room.capacity(), false, running, List.of(worker), List.of());
    var front = new ArrayList<Queued>();
    for (int free = Math.min(snapshot.free(), jobs.size()); free > 0; free--) {
      front.add(jobs.remove());
    }
    if (front.isEmpty()) {
      return List.of();
    }
    var plan =
        Planner.plan(
            snapshot.with(
                front.stream().map(queued -> new QueuedJob(queued.job().id(), 1)).toList()));
    var placed = new HashSet<Long>();
    plan.placements().forEach(placement -> placed.add(placement.job().id()));
    running += placed.size();
    front.stream().filter(queued -> !placed.contains(queued.job().id())).forEach(jobs::add);
    return front.stream().map(Queued::job).filter(job -> placed.contains(job.id())).toList();
  }
}
