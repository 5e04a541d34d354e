package io.junction.dispatcher.history;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which transactions had committed at a moment, as Postgres' {@code pg_snapshot} says it. Of any
 * two snapshots of a server the later one sees all that the other does, so they stand in one line,
 * which is the order of the commits themselves: no clock is asked.
 *
 * @param end the first transaction that had not begun
 * @param underWay those before it that had not ended
 */
record Snapshot(long end, Set<Long> underWay) {

  /** As Postgres writes it: {@code 10:20:10,14}. */
  static Snapshot parse(String text) {
    var parts = text.split(":", -1);
    return new Snapshot(
        Long.parseLong(parts[1]),
        Arrays.stream(parts[2].split(","))
            .filter(id -> !id.isEmpty())
            .map(Long::valueOf)
            .collect(Collectors.toSet()));
  }

  boolean sees(long transaction) {
    return transaction < end && !underWay.contains(transaction);
  }

  /** How many had ended: its place in the line of all snapshots, without who took it. */
  long placeOf(long taker) {
    return end - underWay.size() - (sees(taker) ? 1 : 0);
  }
}
