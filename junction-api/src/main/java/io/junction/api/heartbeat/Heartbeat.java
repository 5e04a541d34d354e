package io.junction.api.heartbeat;

import io.junction.common.transition.Report;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * A heartbeat that is well formed.
 *
 * @param listed what the worker says that it is working on
 */
record Heartbeat(UUID worker, long seq, Set<UUID> listed, List<Report> reports, boolean draining) {

  Heartbeat {
    listed = new LinkedHashSet<>(listed);
    reports = List.copyOf(reports);
  }
}
