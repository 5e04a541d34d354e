package io.junction.api.token;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who asks.
 *
 * @param worker the worker itself, when its own token was used
 */
public record Caller(Role role, @Nullable UUID worker) {

  /** Whether the caller is this very worker. */
  public boolean is(String workerId) {
    return worker != null && worker.toString().equalsIgnoreCase(workerId);
  }
}
