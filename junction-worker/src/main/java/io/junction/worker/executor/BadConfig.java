package io.junction.worker.executor;

/** A job's config that cannot be run. The message begins with the field that is to blame. */
public final class BadConfig extends Exception {
  private static final long serialVersionUID = 1;

  public BadConfig(String field, String problem) {
    super(field + ": " + problem);
  }
}
