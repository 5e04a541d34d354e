package io.junction.worker.executor;

/** One way to run a job. */
public interface Executor extends AutoCloseable {
  /**
   * Begins a run.
   *
   * @throws BadConfig when the config cannot be understood; nothing has begun
   */
  Execution start(Run run, Config config) throws BadConfig;

  /** Lets go of what the executor holds; the runs have ended. */
  @Override
  default void close() {}
}
