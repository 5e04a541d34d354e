package io.junction.worker.executor;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a run ended. {@code result} is below 64 KiB and {@code reason} below 1,000 characters, both
 * fit to be sent.
 */
public record Ending(State state, @Nullable String reason, @Nullable ObjectNode result) {

  /** The three ends that an executor knows. */
  public enum State {
    PASSED,
    /** The job itself said no. */
    FAILED,
    /** The job could not be run, or not to its end. */
    ERRORED;

    /** As the protocol spells it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Ending {
    reason = reason == null ? null : Text.reason(reason);
  }

  public static Ending errored(String reason) {
    return new Ending(State.ERRORED, reason, null);
  }
}
