package io.junction.standalone.console;

/** Why it cannot go on, in words for the user; never shown with a stack trace. */
public final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** What is wrong, and what to do about it. */
  public Refusal(String message) {
    super(message);
  }

  /** The same, with what the log should know. */
  public Refusal(String message, Throwable cause) {
    super(message, cause);
  }

  /** Never null. */
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
