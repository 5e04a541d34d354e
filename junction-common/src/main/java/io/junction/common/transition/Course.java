package io.junction.common.transition;

import io.junction.common.job.JobState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the reports of one assignment that travel together come to. A job that was received, started
 * and finished between two heartbeats is written once, not three times.
 *
 * <p>Invariant: the first report that closes the assignment wins; those after it change nothing.
 */
final class Course {

  private final List<Report> reports;
  private final @Nullable Report closing;
  private final JobState target;

  Course(List<Report> reports) {
    this.reports = List.copyOf(reports);
    this.closing = reports.stream().filter(r -> r.event().closes()).findFirst().orElse(null);
    this.target =
        closing != null
            ? closing.target()
            : reports.stream().map(Report::target).max(JobState::compareTo).orElseThrow();
  }

  UUID assignment() {
    return reports.getFirst().assignment();
  }

  UUID worker() {
    return reports.getFirst().worker();
  }

  /** Where the job is to go; created for a restart. */
  JobState target() {
    return target;
  }

  boolean restarts() {
    return target == JobState.CREATED;
  }

  @Nullable String reason() {
    return closing == null ? null : closing.reason();
  }

  @Nullable String result() {
    return closing == null ? null : closing.result();
  }

  /** When this event happened by the worker's clock, as text that Postgres reads. */
  @Nullable String at(JobEvent event) {
    for (var report : reports) {
      Instant at = report.at();
      if (report.event() == event && at != null) {
        return at.toString();
      }
    }
    return null;
  }

  /**
   * Whether the world hears that a job was in this state on its way, unless it had got there
   * before. The way that is left of it is the same from wherever it goes on.
   */
  boolean passes(JobState step) {
    var state = JobState.QUEUED;
    for (var report : reports) {
      if (report.event() != JobEvent.RESTART && state.mayBecome(report.target())) {
        state = report.target();
        if (state == step) {
          return true;
        }
      }
    }
    return false;
  }

  /** A verdict for each report, when the job went from {@code previous} to {@code reached}. */
  List<Verdict> verdictsOf(JobState previous, JobState reached) {
    var verdicts = new ArrayList<Verdict>();
    var state = previous;
    boolean closed = false;
    for (var report : reports) {
      if (closed) {
        verdicts.add(afterTheEnd(report, reached));
      } else if (report.event() == JobEvent.RESTART) {
        verdicts.add(Verdict.applied(reached));
        closed = true;
      } else if (state.mayBecome(report.target())) {
        state = report.target();
        closed = report.event().closes();
        verdicts.add(Verdict.applied(state));
      } else {
        verdicts.add(Verdict.unchanged(state));
      }
    }
    return verdicts;
  }

  /** A verdict for each report, when nothing changed and this is how things stand. */
  List<Verdict> verdictsOf(@Nullable Standing standing) {
    return reports.stream()
        .map(report -> standing == null ? Verdict.UNKNOWN : standing.verdictOf(report))
        .toList();
  }

  private Verdict afterTheEnd(Report late, JobState reached) {
    var end = Objects.requireNonNull(closing).event();
    boolean harmless = end == JobEvent.FINISH && late.event() != JobEvent.RESTART;
    return harmless ? Verdict.unchanged(reached) : Verdict.refused(reached);
  }
}
