package io.junction.dispatcher.limit;

import io.junction.common.limit.OwnerStanding;
import io.junction.common.limit.Worlds;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A line for each owner of whom a round let something in, as {@code acme: total: 5, running: 8,
 * max: 20, queueable: 5}: what asked and what ran before it, the limit, and how many it let in. Who
 * shares a limit has the sum of all.
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
   */
  void write(Map<String, Integer> admitted) {
    if (admitted.isEmpty() || !log.isInfoEnabled()) {
      return;
    }
    var first = admitted.keySet().stream().sorted().limit(MOST).toList();
    worlds
        .standings(first, MOST_ASKING)
        .forEach(owner -> log.info(line(owner, admitted.getOrDefault(owner.name(), 0))));
    if (admitted.size() > MOST) {
      log.info("and {} owners more", admitted.size() - MOST);
    }
  }

  static String line(OwnerStanding owner, int admitted) {
    return "%s: total: %d%s, running: %d, max: %d, queueable: %d"
        .formatted(
            owner.name(),
            owner.asking() + admitted,
            owner.asking() == MOST_ASKING ? "+" : "",
            Math.max(0, owner.running() - admitted),
            owner.max(),
            admitted);
  }
}
