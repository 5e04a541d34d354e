package io.junction.worker.client;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A change of state that a worker reports (protocol 3.3). {@code reason} has at most 1,000
 * characters.
 */
public record Update(
    UUID assignment,
    String event,
    @Nullable String state,
    Instant at,
    @Nullable String reason,
    @Nullable ObjectNode result) {

  public static Update receive(UUID assignment, Instant at) {
    return new Update(assignment, "receive", null, at, null, null);
  }

  public static Update start(UUID assignment, Instant at) {
    return new Update(assignment, "start", null, at, null, null);
  }

  public static Update finish(
      UUID assignment,
      String state,
      Instant at,
      @Nullable String reason,
      @Nullable ObjectNode result) {
    return new Update(assignment, "finish", state, at, reason, result);
  }

  public static Update restart(UUID assignment, Instant at, String reason) {
    return new Update(assignment, "restart", null, at, reason, null);
  }

  /** Whether the assignment is over with it. */
  public boolean closes() {
    return event.equals("finish") || event.equals("restart");
  }
}
