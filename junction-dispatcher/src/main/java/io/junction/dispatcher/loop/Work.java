package io.junction.dispatcher.loop;

import io.junction.common.hint.Hint;
import java.time.Duration;

/**
 * What a loop does over and over.
 *
 * <p>Concurrency: {@link #run} is called by one thread; {@link #hears} by another one, at any time.
 */
public interface Work {

  /** One word for logs and metrics. */
  String name();

  /** The longest time between two polls, unless several in a row were idle. */
  Duration interval();

  /** The longest time between two polls while several in a row were idle and hints are heard. */
  default Duration longestQuiet() {
    return Quiet.LONGEST;
  }

  /** One round: look, plan, apply with guards. A round that throws has changed nothing. */
  Round run(Wake wake);

  /** Takes what any thread may call so that a round follows; called once, before the first one. */
  default void wakeBy(Runnable wake) {}

  /** Remembers what the hint says; true when a round should follow. */
  default boolean hears(Hint hint) {
    return false;
  }
}
