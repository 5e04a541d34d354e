package io.junction.api.heartbeat;

import io.junction.common.transition.Report;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * A heartbeat that is well formed.
 *
 * @param listed what the worker says that it is working on
 * @param again whether it may have been heard before: it is the last one of a worker whose answer
 *     is held, and is applied anew to see what there is to say by now
 */
record Heartbeat(
    UUID worker,
    long seq,
    Set<UUID> listed,
    List<Report> reports,
    boolean draining,
    boolean again) {

  Heartbeat {
    listed = listed.isEmpty() ? Set.of() : Collections.unmodifiableSet(new LinkedHashSet<>(listed));
    reports = List.copyOf(reports);
  }

  Heartbeat(UUID worker, long seq, Set<UUID> listed, List<Report> reports, boolean draining) {
    this(worker, seq, listed, reports, draining, false);
  }

  /** Whether it says no more than that the worker is there and would take work. */
  boolean isIdle() {
    return listed.isEmpty() && reports.isEmpty() && !draining;
  }

  /** Whether its worker runs nothing any more and would take work. */
  boolean leavesIdle() {
    return listed.isEmpty() && !draining;
  }

  Heartbeat onceMore() {
    return new Heartbeat(worker, seq, listed, reports, draining, true);
  }
}
