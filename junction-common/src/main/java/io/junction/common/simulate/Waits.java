package io.junction.common.simulate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * For how long jobs waited, from when they asked to be queued until a worker took them up.
 *
 * @param p50Ms half of them waited for no longer; null when there is none, or half were not taken
 *     up
 * @param waiting how many were not taken up
 */
public record Waits(@Nullable Long p50Ms, @Nullable Long p95Ms, @Nullable Long maxMs, int waiting) {

  /**
   * As they are replayed, to the end.
   *
   * @param never how many nothing ever lets in: they wait for longer than any other
   */
  public static Waits replayed(List<Long> waits, int never) {
    return of(waits, waits.size() + never, never);
  }

  /**
   * As they were.
   *
   * @param waits of those that still wait, as long as they have
   */
  public static Waits measured(List<Long> waits, int waiting) {
    return of(waits, waits.size(), waiting);
  }

  private static Waits of(List<Long> waits, int all, int waiting) {
    var sorted = waits.stream().sorted().toList();
    return new Waits(rank(sorted, all, 50), rank(sorted, all, 95), rank(sorted, all, 100), waiting);
  }

  /** The smallest that so many of a hundred do not exceed. */
  private static @Nullable Long rank(List<Long> sorted, int all, int percent) {
    long rank = ((long) all * percent + 99) / 100;
    return rank == 0 || rank > sorted.size() ? null : sorted.get((int) rank - 1);
  }
}
