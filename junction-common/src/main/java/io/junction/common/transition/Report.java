package io.junction.common.transition;

import io.junction.common.job.JobState;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A worker's word that the job of one of its assignments has come further.
 *
 * @param worker who says it
 * @param state the final state of a finish; null for every other event
 * @param at when it happened by the worker's clock; the database keeps it between its own instants
 * @param result a JSON object as text, of a finish
 */
public record Report(
    UUID assignment,
    UUID worker,
    JobEvent event,
    @Nullable JobState state,
    @Nullable Instant at,
    @Nullable String reason,
    @Nullable String result) {

  public Report {
    if ((event == JobEvent.FINISH) != (state != null)) {
      throw new IllegalArgumentException("a finish has a state, and nothing else has");
    }
    if (state != null && (!state.isFinal() || state == JobState.CANCELED)) {
      throw new IllegalArgumentException("a finish is passed, failed or errored, not " + state);
    }
  }

  /** The state that it asks for. */
  JobState target() {
    return switch (event) {
      case RECEIVE -> JobState.RECEIVED;
      case START -> JobState.STARTED;
      case FINISH -> Objects.requireNonNull(state);
      case RESTART -> JobState.CREATED;
    };
  }
}
