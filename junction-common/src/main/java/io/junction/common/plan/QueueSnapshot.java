package io.junction.common.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A queue as it stood under its lock.
 *
 * @param capacity the most live assignments; null for as many as the workers' slots
 * @param live its open assignments, those on dead workers too; counted only if it has a capacity
 * @param slots its live workers, or some of them that have free slots
 * @param jobs the front of its line, in the order in which it is served
 */
public record QueueSnapshot(
    String queue,
    @Nullable Integer capacity,
    boolean paused,
    int live,
    List<OpenSlot> slots,
    List<QueuedJob> jobs) {

  public QueueSnapshot {
    slots = List.copyOf(slots);
    jobs = List.copyOf(jobs);
  }

  /** How many jobs could be placed now, if there are as many. */
  public int free() {
    long slotsFree = slots.stream().mapToLong(OpenSlot::free).sum();
    return (int) Math.min(room(), Math.min(slotsFree, Integer.MAX_VALUE));
  }

  /** What the queue itself lets through, whatever its workers could take. */
  int room() {
    if (paused) {
      return 0;
    }
    return capacity == null ? Integer.MAX_VALUE : Math.max(0, capacity - live);
  }

  /** The same queue with these live workers. */
  public QueueSnapshot on(List<OpenSlot> workers) {
    return new QueueSnapshot(queue, capacity, paused, live, workers, jobs);
  }

  /** The same queue with these jobs at the front of its line. */
  public QueueSnapshot with(List<QueuedJob> line) {
    return new QueueSnapshot(queue, capacity, paused, live, slots, line);
  }
}
