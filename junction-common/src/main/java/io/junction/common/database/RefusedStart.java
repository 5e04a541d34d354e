package io.junction.common.database;

/** A process cannot start as it is set up; the message and the advice are for its operator. */
public final class RefusedStart extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String advice;

  RefusedStart(String message, String advice) {
    super(message);
    this.advice = advice;
  }

  RefusedStart(String message, String advice, Throwable cause) {
    super(message, cause);
    this.advice = advice;
  }

  /** What to set or to do instead. */
  public String advice() {
    return advice;
  }
}
