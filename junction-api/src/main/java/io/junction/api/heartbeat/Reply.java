package io.junction.api.heartbeat;

import io.junction.common.transition.Verdict;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What became of a heartbeat. */
sealed interface Reply {

  /**
   * It was heard.
   *
   * @param work everything that the worker should be working on
   * @param verdicts one for each of its reports
   */
  record Heard(
      List<HeartbeatResponse.Work> work, List<Verdict> verdicts, Directive directive, long leaseMs)
      implements Reply {

    Set<UUID> ids() {
      return work.stream()
          .map(HeartbeatResponse.Work::id)
          .collect(java.util.stream.Collectors.toUnmodifiableSet());
    }
  }

  /** A newer one was heard before; nothing changed. */
  record Stale(long lastSeq) implements Reply {}

  /** It lists an assignment that was never this worker's; nothing changed. */
  record Foreign(UUID assignment) implements Reply {}

  /** There is no such worker. */
  record Nobody() implements Reply {}
}
