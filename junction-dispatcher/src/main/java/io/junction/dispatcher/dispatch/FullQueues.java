package io.junction.dispatcher.dispatch;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Queues in which jobs were left waiting for a slot. In the others a slot that becomes free is no
 * reason for a round: whoever brings a job there says so.
 *
 * <p>Concurrency: hints come on one thread, rounds run on another. A slot that became free before a
 * round began is seen by it, since hints follow their commit; one that becomes free while it runs
 * is remembered until the round has said what it left.
 */
final class FullQueues {

  /** More than this are left to the poll. */
  private static final int LIMIT = 10_000;

  private final Set<String> full = new HashSet<>();
  private final Set<String> freed = new HashSet<>();

  /** A slot became free; whether somebody waits for it. */
  synchronized boolean freed(String queue) {
    if (full.contains(queue)) {
      return true;
    }
    if (freed.size() < LIMIT) {
      freed.add(queue);
    }
    return false;
  }

  /** A round begins. */
  synchronized void begin() {
    freed.clear();
  }

  /**
   * A round of these queues is over; in some of them jobs still wait.
   *
   * @return those of them in which a slot became free meanwhile
   */
  synchronized List<String> end(Collection<String> queues, Collection<String> waiting) {
    full.removeAll(queues);
    full.addAll(waiting);
    return waiting.stream().filter(freed::contains).toList();
  }
}
