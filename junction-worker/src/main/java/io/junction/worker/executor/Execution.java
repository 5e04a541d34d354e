package io.junction.worker.executor;

/**
 * A run under way. Everything but {@link #await} returns at once and may be called at any time,
 * also after the end.
 */
public interface Execution {

  /** Blocks until the run and everything that it started are over. To be called once. */
  Ending await() throws InterruptedException;

  /** Asks the run to end, and ends it after a grace of two seconds. */
  void terminate();

  /** Ends the run now. */
  void kill();

  /**
   * The lease was renewed: an exclusive run may live until then, on the clock of {@link
   * System#nanoTime}.
   */
  default void renew(long leaseEnd) {}

  /** Whether there was anything to run; if not, {@link #await} says why. */
  default boolean started() {
    return true;
  }

  /** A run that could not begin. */
  static Execution unstarted(Ending ending) {
    return new Unstarted(ending);
  }
}
