package io.junction.api.poll;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * An answer that a poll holds back.
 *
 * <p>Concurrency: nothing here is called under a lock, and one look is over before the next begins.
 * Only the end of a hold that was superseded comes while a look may be under way.
 */
public interface Held {

  /**
   * Looks whether there is something to say by now, and completes with how to say it. It never
   * fails: that a look failed is something to say, too.
   */
  CompletionStage<Optional<Runnable>> look();

  /** The hold is over with nothing to say. */
  void end(Ending why);

  /** Why a hold ended. */
  enum Ending {
    /** It lasted as long as it may. */
    TIME,
    /** This copy stops. */
    STOP,
    /** A newer heartbeat of the same worker has come. */
    SUPERSEDED
  }
}
