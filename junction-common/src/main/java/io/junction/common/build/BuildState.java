package io.junction.common.build;

import java.util.Locale;

/** Where a build, or a stage, stands; the names are Travis Hub's. */
public enum BuildState {
  CREATED,
  STARTED,
  PASSED,
  FAILED,
  ERRORED,
  CANCELED;

  /** The one spelling in SQL, JSON, metrics and docs. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static BuildState of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }

  /** Whether it has ended: nothing but a restart changes it any more. */
  public boolean isFinal() {
    return compareTo(PASSED) >= 0;
  }
}
