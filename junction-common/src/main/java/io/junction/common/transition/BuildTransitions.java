package io.junction.common.transition;

import io.junction.common.assignment.Outcome;
import io.junction.common.build.BuildState;
import io.junction.common.hint.Hints;
import io.junction.common.transition.BuildJobStatements.BuildJob;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Cancels and restarts builds as a whole, in the caller's transaction. */
@Component
public class BuildTransitions {

  private final SettleBuilds settling;
  private final BuildJobStatements jobs;
  private final Hints hints;

  BuildTransitions(SettleBuilds settling, BuildJobStatements jobs, Hints hints) {
    this.settling = settling;
    this.jobs = jobs;
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
    var held = settling.hold(build);
    if (held == null) {
      return null;
    }
    var left = jobs.jobs(build).stream().filter(job -> !job.state().isFinal()).toList();
    boolean ended = held.state().isFinal();
    if (ended && left.isEmpty()) {
      var kind =
          held.state() == BuildState.CANCELED ? Verdict.Kind.UNCHANGED : Verdict.Kind.REFUSED;
      return new Result(kind, held.state(), null);
    }
    jobs.cancel(left.stream().filter(job -> !job.isHeldByWorker()).toList(), null, reason);
    var closed =
        settling.close(
            left.stream().filter(BuildJob::isHeldByWorker).toList(), Outcome.CANCELED, reason);
    if (!ended) {
      settling.end(build, BuildState.CANCELED, reason);
    }
    settling.settle(List.of(build));
    tell(closed);
    return new Result(Verdict.Kind.APPLIED, ended ? held.state() : BuildState.CANCELED, null);
  }

  /**
   * Restarts each of its jobs that has ended or is with a worker; what still waits goes on waiting.
   * Refused when a job has had all its attempts. Null when there is none.
   */
  public @Nullable Result restart(long build, @Nullable String reason) {
    var held = settling.hold(build);
    if (held == null) {
      return null;
    }
    var all = jobs.jobs(build);
    var ended = all.stream().filter(job -> job.state().isFinal()).toList();
    var running = all.stream().filter(BuildJob::isHeldByWorker).toList();
    var usedUp =
        Stream.concat(ended.stream(), running.stream()).filter(BuildJob::usedUp).findFirst();
    if (usedUp.isPresent()) {
      return new Result(Verdict.Kind.REFUSED, held.state(), usedUp.get().id());
    }
    if (ended.isEmpty() && running.isEmpty()) {
      return new Result(Verdict.Kind.UNCHANGED, held.state(), null);
    }
    jobs.restart(ended, reason);
    var closed = settling.close(running, Outcome.RESTARTED, reason);
    jobs.reopen(build, null);
    hints.created();
    tell(closed);
    return new Result(Verdict.Kind.APPLIED, BuildState.CREATED, null);
  }

  private void tell(List<Changed> closed) {
    hints.slots(
        closed.stream()
            .filter(change -> change.state().isFinal())
            .map(Changed::queue)
            .collect(Collectors.toSet()));
    hints.workers(closed.stream().map(Changed::worker).collect(Collectors.toSet()));
  }
}
