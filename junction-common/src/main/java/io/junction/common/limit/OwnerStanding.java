package io.junction.common.limit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How an owner stands.
 *
 * @param asking its own jobs that ask, counted up to {@link #MOST_ASKING}
 * @param running of all who share its limit
 * @param max of all who share its limit; {@link Room#UNLIMITED} for any number
 * @param waitingSince since when the oldest that asks is there; null when none does
 */
public record OwnerStanding(
    String name, int asking, int running, int max, @Nullable Instant waitingSince) {

  /** More are not counted. */
  public static final int MOST_ASKING = 10_000;

  /** How many of those that ask the limit has room for. */
  public int queueable() {
    return max == Room.UNLIMITED ? asking : Math.min(asking, Math.max(0, max - running));
  }
}
