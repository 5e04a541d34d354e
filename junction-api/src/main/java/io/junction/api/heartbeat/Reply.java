package io.junction.api.heartbeat;

import io.junction.api.problem.Refusal;
import io.junction.common.transition.Verdict;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** What became of a heartbeat. */
sealed interface Reply {

  /** As a refusal, which is what all but one of them are. */
  RuntimeException refusalOf(Heartbeat beat);

  /**
   * It was heard.
   *
   * @param work everything that the worker should be working on
   * @param verdicts one for each of its reports
   */
  record Heard(
      List<HeartbeatResponse.Work> work, List<Verdict> verdicts, Directive directive, long leaseMs)
      implements Reply {

    /** To a worker that has nothing to do. */
    static Heard nothing(long leaseMs) {
      return new Heard(List.of(), List.of(), Directive.RUN, leaseMs);
    }

    Heard withLease(long ms) {
      return new Heard(work, verdicts, directive, ms);
    }

    /** Whether the worker that has reported has nothing to do any more. */
    boolean isNothing() {
      return work.isEmpty() && directive == Directive.RUN;
    }

    /** Whether it says anything that the worker does not know. */
    boolean differsFrom(Heartbeat beat) {
      boolean directed =
          directive == Directive.STOP || (directive == Directive.DRAIN && !beat.draining());
      return directed || !beat.reports().isEmpty() || !ids().equals(beat.listed());
    }

    private Set<UUID> ids() {
      return work.stream().map(HeartbeatResponse.Work::id).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public RuntimeException refusalOf(Heartbeat beat) {
      return new IllegalStateException("a heartbeat that was heard is not refused");
    }
  }

  /** A newer one was heard before; nothing changed. */
  record Stale(long lastSeq) implements Reply {

    @Override
    public RuntimeException refusalOf(Heartbeat beat) {
      return Refusal.staleHeartbeat(beat.seq(), lastSeq);
    }
  }

  /** It lists an assignment that was never this worker's; nothing changed. */
  record Foreign(UUID assignment) implements Reply {

    @Override
    public RuntimeException refusalOf(Heartbeat beat) {
      return Refusal.invalid(
          "assignments[" + List.copyOf(beat.listed()).indexOf(assignment) + "]",
          "is " + assignment + ", which was never an assignment of this worker");
    }
  }

  /** A look alone cannot tell: the heartbeat has to be applied once more. */
  record Unsure() implements Reply {

    @Override
    public RuntimeException refusalOf(Heartbeat beat) {
      return new IllegalStateException("whoever is not sure applies the heartbeat");
    }
  }

  /** There is no such worker. */
  record Nobody() implements Reply {

    @Override
    public RuntimeException refusalOf(Heartbeat beat) {
      return Refusal.notFound("there is no worker " + beat.worker());
    }
  }
}
