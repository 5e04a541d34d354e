package io.junction.worker.client;

import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One entry of an answer's list. {@code job} is there when the heartbeat did not list the
 * assignment.
 */
public record Assigned(UUID id, int attempt, @Nullable Job job) {
  public Assigned {
    Objects.requireNonNull(id, "an assignment has no id");
  }
}
