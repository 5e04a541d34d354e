package io.junction.worker.client;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of one update: {@code applied}, {@code unchanged}, {@code refused} or {@code
 * unknown}.
 */
public record Verdict(
    @Nullable UUID assignment,
    @Nullable String event,
    @Nullable String verdict,
    @Nullable String state) {

  /** Whether it is the answer to that update. */
  public boolean answers(Update update) {
    return update.assignment().equals(assignment) && update.event().equals(event);
  }
}
