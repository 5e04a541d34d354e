package io.junction.dispatcher.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where lines began when they were last looked at, so that the next round need not walk over what
 * was placed before; docs/decisions/0015.
 *
 * <p>It holds of one history of the database. A server that took over from another may not know
 * that history's end, and a round that failed may have seen what was then rolled back: so nothing
 * is remembered beyond a failure, nor for long.
 */
final class LineStarts {

  private static final Duration MEMORY = Duration.ofMinutes(1);

  /** Of more queues than this nothing is remembered for the moment. */
  private static final int LIMIT = 10_000;

  private final InstantSource clock;
  private final Map<String, LineStart> starts = new HashMap<>();
  private Instant forgetAt = Instant.MIN;

  LineStarts(InstantSource clock) {
    this.clock = clock;
  }

  /** One for each queue, in their order. */
  List<LineStart> of(Collection<String> queues) {
    forgetInTime();
    return queues.stream()
        .map(queue -> starts.getOrDefault(queue, LineStart.unknown(queue)))
        .toList();
  }

  /** All that are remembered. */
  Collection<LineStart> all() {
    forgetInTime();
    return List.copyOf(starts.values());
  }

  /** What a round has seen that has committed. */
  void keep(Collection<LineStart> seen) {
    if (starts.size() + seen.size() > LIMIT) {
      forget();
    }
    seen.forEach(start -> starts.put(start.queue(), start));
  }

  void forget() {
    starts.clear();
  }

  private void forgetInTime() {
    var now = clock.instant();
    if (!now.isBefore(forgetAt)) {
      forget();
      forgetAt = now.plus(MEMORY);
    }
  }
}
