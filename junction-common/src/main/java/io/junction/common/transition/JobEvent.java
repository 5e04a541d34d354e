package io.junction.common.transition;

import java.util.Locale;

/** What a worker may report of its assignment. */
public enum JobEvent {
  RECEIVE,
  START,
  FINISH,
  RESTART;

  /** The one spelling in JSON and docs. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the assignment ends with it. */
  public boolean closes() {
    return this == FINISH || this == RESTART;
  }
}
