package io.junction.api.event;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Which transactions a statement saw: those that had ended when it began.
 *
 * <p>Invariant: {@code open} rises and is below {@code next}. Whoever had begun to write by then
 * and is not seen is among the open ones, and whoever began later has a number from {@code next}
 * on.
 *
 * @param next no transaction had this number, or a higher one, when the statement looked
 * @param open those below it that had not ended
 */
record Snapshot(long next, List<Long> open) {

  /** How many open transactions a snapshot may have, since each is a part of every cursor. */
  static final int MOST_OPEN = 250;

  Snapshot {
    open = List.copyOf(open);
    long last = 0;
    for (long tx : open) {
      if (tx <= last || tx >= next) {
        throw new IllegalArgumentException("open transactions rise below next");
      }
      last = tx;
    }
    if (next <= 0 || open.size() > MOST_OPEN) {
      throw new IllegalArgumentException("a snapshot has 0 to " + MOST_OPEN + " open transactions");
    }
  }

  /**
   * From the database's own form, {@code xmin:xmax:open,…}. Its {@code xmax} is only the one behind
   * the last that has ended; those from there up to {@code ahead} further were open as well.
   *
   * @return null when more are open than a snapshot may have
   */
  static @Nullable Snapshot of(String text, int ahead) {
    var parts = text.split(":", -1);
    long xmax = Long.parseLong(parts[1]);
    var listed = parts[2].isEmpty() ? new String[0] : parts[2].split(",", -1);
    if (ahead < 0 || listed.length + (long) ahead > MOST_OPEN) {
      return null;
    }
    var below = Arrays.stream(listed).mapToLong(Long::parseLong);
    var open = LongStream.concat(below, LongStream.range(xmax, xmax + ahead));
    return new Snapshot(xmax + ahead, open.boxed().toList());
  }

  boolean sees(long tx) {
    return tx < next && !open.contains(tx);
  }

  /** Those that are open here and seen by a later one: what they told becomes visible late. */
  List<Long> endedBy(Snapshot later) {
    return open.stream().filter(later::sees).toList();
  }

  /** As the database reads it. */
  String text() {
    long xmin = open.isEmpty() ? next : open.getFirst();
    return open.stream()
        .map(String::valueOf)
        .collect(Collectors.joining(",", xmin + ":" + next + ":", ""));
  }
}
