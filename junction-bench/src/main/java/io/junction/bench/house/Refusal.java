package io.junction.bench.house;

/** Why the bench cannot go on, in words for its user. */
public final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1;

  public Refusal(String message) {
    super(message);
  }

  public Refusal(String message, Throwable cause) {
    super(message, cause);
  }

  /** Never null. */
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
