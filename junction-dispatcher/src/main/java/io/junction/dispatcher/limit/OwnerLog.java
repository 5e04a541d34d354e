package io.junction.dispatcher.limit;

import io.junction.common.limit.Account;
import io.junction.common.limit.Worlds;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A line for each owner with a limit of whom a round let something in, as {@code acme: total: 5,
 * running: 8, max: 20, queueable: 5}: what asked and what ran before it, the limit, and how many it
 * let in. Who shares a limit has what runs of all.
 */
final class OwnerLog {

  /** Of more owners than that no line is written for each round. */
  private static final int MOST = 100;

  /** More that ask are not counted for it. */
  static final int MOST_ASKING = 200;

  private static final Logger log = LoggerFactory.getLogger(OwnerLog.class);

  private final Worlds worlds;

  OwnerLog(Worlds worlds) {
    this.worlds = worlds;
  }

  /**
   * Writes them, by name.
   *
   * @param admitted how many were let in, by owner
   * @param accounts of those who have a limit
   */
  void write(Map<String, Integer> admitted, Map<String, Account> accounts) {
    var limited = admitted.keySet().stream().filter(accounts::containsKey).sorted().toList();
    if (limited.isEmpty() || !log.isInfoEnabled()) {
      return;
    }
    var first = limited.subList(0, Math.min(limited.size(), MOST));
    var totals = worlds.totals(first, MOST_ASKING);
    for (var owner : first) {
      log.info(
          line(
              owner,
              totals.getOrDefault(owner, 0),
              Objects.requireNonNull(accounts.get(owner)),
              admitted.getOrDefault(owner, 0)));
    }
    if (limited.size() > first.size()) {
      log.info("and {} owners more", limited.size() - first.size());
    }
  }

  static String line(String owner, int asking, Account account, int admitted) {
    return "%s: total: %d%s, running: %d, max: %d, queueable: %d"
        .formatted(
            owner,
            asking + admitted,
            asking == MOST_ASKING ? "+" : "",
            account.runningBefore(),
            account.max(),
            admitted);
  }
}
