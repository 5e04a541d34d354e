package io.junction.common.job;

import java.util.Locale;

/**
 * Where a job stands in its life. The names are Travis Hub's; docs/lifecycle.md has the picture,
 * and a test holds that page and {@link #mayBecome} to each other.
 */
public enum JobState {
  CREATED,
  QUEUED,
  RECEIVED,
  STARTED,
  PASSED,
  FAILED,
  ERRORED,
  CANCELED;

  /** The one spelling in SQL, JSON, metrics and docs. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static JobState of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }

  /** Whether the job has ended: nothing but a restart changes it any more. */
  public boolean isFinal() {
    return compareTo(PASSED) >= 0;
  }

  /**
   * Whether one change may lead from here to {@code next}. Progress is forward only and may skip
   * steps; only a restart leads back, always to {@link #CREATED}.
   */
  public boolean mayBecome(JobState next) {
    return switch (next) {
      case CREATED -> this != CREATED;
      case QUEUED -> this == CREATED;
      case RECEIVED -> this == QUEUED;
      case STARTED -> this == QUEUED || this == RECEIVED;
      case PASSED, FAILED -> this == QUEUED || this == RECEIVED || this == STARTED;
      case ERRORED, CANCELED -> !isFinal();
    };
  }
}
