package io.junction.common.transition;

import io.junction.common.job.JobState;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What became of a report.
 *
 * @param state the job's state afterwards; null when it is unknown
 */
public record Verdict(Kind kind, @Nullable JobState state) {

  /** The four answers that a report can get. */
  public enum Kind {
    /** The job changed. */
    APPLIED,
    /** A duplicate, or an event that would go backwards. */
    UNCHANGED,
    /** The assignment is not, or no longer, the one that may change its job. */
    REFUSED,
    /** There is no such assignment of this worker. */
    UNKNOWN;

    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** There is no such assignment of this worker. */
  static final Verdict UNKNOWN = new Verdict(Kind.UNKNOWN, null);

  static Verdict applied(JobState state) {
    return new Verdict(Kind.APPLIED, state);
  }

  static Verdict unchanged(JobState state) {
    return new Verdict(Kind.UNCHANGED, state);
  }

  static Verdict refused(JobState state) {
    return new Verdict(Kind.REFUSED, state);
  }
}
