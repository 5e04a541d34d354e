package io.junction.worker.executor;

/** A run that never began. */
record Unstarted(Ending ending) implements Execution {
  @Override
  public Ending await() {
    return ending;
  }

  @Override
  public void terminate() {}

  @Override
  public void kill() {}

  @Override
  public boolean started() {
    return false;
  }
}
