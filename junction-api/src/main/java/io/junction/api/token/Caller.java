package io.junction.api.token;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who asks.
 *
 * @param worker the worker itself, when its own token was used, or one that it made
 * @param assignment the only one that may be spoken of, when the token is of one
 */
public record Caller(Role role, @Nullable UUID worker, @Nullable UUID assignment) {

  /** Whether the caller is this very worker. */
  public boolean is(String workerId) {
    return worker != null && assignment == null && worker.toString().equalsIgnoreCase(workerId);
  }
}
