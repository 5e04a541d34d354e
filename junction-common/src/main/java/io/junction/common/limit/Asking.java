package io.junction.common.limit;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A created job that asks to be let into its queue.
 *
 * @param owner empty when it has none
 * @param group the concurrency group; null when it is in none
 * @param groupMax how many of its group may be queued, received or started beside it, and it
 * @param isPublic whether it counts for the capacity of public jobs first
 */
public record Asking(
    long id,
    int priority,
    String owner,
    @Nullable String repository,
    @Nullable String group,
    int groupMax,
    String queue,
    boolean isPublic) {

  /** Who is let in first: the higher priority, then the older. */
  public static final Comparator<Asking> ORDER =
      Comparator.comparingInt(Asking::priority).reversed().thenComparingLong(Asking::id);
}
