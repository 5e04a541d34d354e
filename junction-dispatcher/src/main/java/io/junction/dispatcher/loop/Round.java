package io.junction.dispatcher.loop;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one pass of a loop came to. */
public interface Round {

  /** What it changed, for the log; zeros are left out there, and nothing but zeros is no line. */
  Map<String, Integer> changes();

  /** Whether more work is likely, so that the next round follows at once. */
  boolean again();

  /**
   * Whether a poll found nothing, nothing is under way, and all that could change this comes with a
   * hint. Several such polls in a row make a loop look less often.
   */
  default boolean idle() {
    return false;
  }

  /** When to look again at the latest, if that is sooner than the loop's interval. */
  default @Nullable Duration nextLook() {
    return null;
  }
}
