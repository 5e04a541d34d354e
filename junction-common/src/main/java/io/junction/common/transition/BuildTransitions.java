package io.junction.common.transition;

import io.junction.common.assignment.Outcome;
import io.junction.common.build.BuildState;
import io.junction.common.build.SettleBuilds;
import io.junction.common.hint.Hints;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Cancels and restarts builds as a whole, in the caller's transaction. */
@Component
public class BuildTransitions {

  private final SettleBuilds settling;
  private final Transitions transitions;
  private final Hints hints;

  BuildTransitions(SettleBuilds settling, Transitions transitions, Hints hints) {
    this.settling = settling;
    this.transitions = transitions;
    this.hints = hints;
  }

  /**
   * What became of it.
   *
   * @param job because of which it was refused, when it was one
   */
  public record Result(Verdict.Kind kind, BuildState state, @Nullable Long job) {}

  /**
   * Cancels whatever of it has not ended, and the build itself unless that has: one that did not
   * wait for jobs that may fail stays what it became. Null when there is none.
   */
  public @Nullable Result cancel(long build, @Nullable String reason) {
    Transitions.requireTransaction();
    var state = settling.hold(build).orElse(null);
    if (state == null) {
      return null;
    }
    boolean canceled =
        settling.cancel(build, state.isFinal(), reason, transitions.closingAs(Outcome.CANCELED));
    if (canceled) {
      return new Result(Verdict.Kind.APPLIED, state.isFinal() ? state : BuildState.CANCELED, null);
    }
    var kind = state == BuildState.CANCELED ? Verdict.Kind.UNCHANGED : Verdict.Kind.REFUSED;
    return new Result(kind, state, null);
  }

  /**
   * Restarts each of its jobs that has ended or is with a worker; what still waits goes on waiting.
   * Refused when a job has had all its attempts. Null when there is none.
   */
  public @Nullable Result restart(long build, @Nullable String reason) {
    Transitions.requireTransaction();
    var state = settling.hold(build).orElse(null);
    if (state == null) {
      return null;
    }
    var usedUp = settling.usedUpOf(build);
    if (usedUp.isPresent()) {
      return new Result(Verdict.Kind.REFUSED, state, usedUp.get());
    }
    if (!settling.restart(build, reason, transitions.closingAs(Outcome.RESTARTED))) {
      return new Result(Verdict.Kind.UNCHANGED, state, null);
    }
    hints.created();
    return new Result(Verdict.Kind.APPLIED, BuildState.CREATED, null);
  }
}
