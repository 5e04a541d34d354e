package io.junction.dispatcher.dispatch;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * The queues to look at, each once, in the order in which they were named.
 *
 * <p>Concurrency: a name that is added after it was taken stays for the next round.
 */
final class PendingQueues {

  /** More than this are left to the poll. */
  private static final int LIMIT = 10_000;

  private final LinkedHashSet<String> names = new LinkedHashSet<>();

  synchronized void add(Collection<String> more) {
    for (var name : more) {
      if (names.size() < LIMIT) {
        names.add(name);
      }
    }
  }

  synchronized List<String> take(int most) {
    var taken = names.stream().limit(most).toList();
    taken.forEach(names::remove);
    return taken;
  }

  synchronized int size() {
    return names.size();
  }
}
