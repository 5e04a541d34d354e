package io.junction.worker.client;

import java.util.List;
import java.util.UUID;

/**
 * A worker's report of what it works on and what has changed since the last answered one (protocol
 * 3.2).
 */
public record Heartbeat(
    long seq, List<UUID> assignments, List<Update> updates, boolean draining, long waitMs) {
  public Heartbeat {
    assignments = List.copyOf(assignments);
    updates = List.copyOf(updates);
  }
}
