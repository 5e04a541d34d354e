package io.junction.common.assignment;

import java.util.Locale;

/** How an assignment ended. */
public enum Outcome {
  /** Its worker reported a final state. */
  FINISHED,
  /** Its worker, or an operator, gave the job back to be tried anew. */
  RESTARTED,
  /** Its job was canceled. */
  CANCELED,
  /** Its worker fell silent, or dropped it without a word. */
  LOST,
  /** Its worker never took it up. */
  REJECTED,
  /** Its worker left in good order; does not count as an attempt. */
  RETIRED,
  /** Its job had its time. */
  TIMED_OUT;

  /** The one spelling in SQL, JSON, metrics and docs. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
