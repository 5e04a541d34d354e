package io.junction.common.plan;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A live worker and how much of it is taken.
 *
 * @param busy its open assignments
 * @param max how many it takes; null when it did not say
 */
public record OpenSlot(UUID worker, int busy, @Nullable Integer max) {

  /** What a worker that named no maximum takes at most. */
  public static final int UNNAMED_MAX = 10_000;

  int limit() {
    return max == null ? UNNAMED_MAX : max;
  }

  int free() {
    return Math.max(0, limit() - busy);
  }

  OpenSlot withOneMore() {
    return new OpenSlot(worker, busy + 1, max);
  }
}
