package io.junction.common.transition;

import io.junction.common.assignment.Outcome;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An open assignment that is to end without a result.
 *
 * @param closedBy the worker that closes it, and must be the one that holds it; null when the
 *     decision is Junction's or an operator's
 * @param outcome anything but finished; {@code canceled} and {@code timed_out} end the job, the
 *     others restart it
 * @param reason in plain words, for whoever asks what happened to the job
 * @param mayStillRun whether its worker may be running it for as long as its lease lasts; an
 *     exclusive job is then held back until that has surely ended
 */
public record Closing(
    UUID assignment,
    @Nullable UUID closedBy,
    Outcome outcome,
    @Nullable String reason,
    boolean mayStillRun) {

  public Closing {
    if (outcome == Outcome.FINISHED) {
      throw new IllegalArgumentException("only a report of its worker finishes an assignment");
    }
  }

  /** A closing that is not its worker's decision. */
  public static Closing of(
      UUID assignment, Outcome outcome, @Nullable String reason, boolean mayStillRun) {
    return new Closing(assignment, null, outcome, reason, mayStillRun);
  }
}
