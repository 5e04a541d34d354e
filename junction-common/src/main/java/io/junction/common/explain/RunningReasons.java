package io.junction.common.explain;

import io.junction.common.explain.Reason.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What is under way with a job that a worker has, and how one ended that has none any more. */
final class RunningReasons {

  private RunningReasons() {}

  static List<Reason> underWay(JobFacts job, JobFacts.Attempt attempt) {
    var reasons = new ArrayList<Reason>();
    reasons.add(now(job, attempt).named(attempt.worker()));
    var timeout = job.timeoutMs();
    if (timeout != null) {
      reasons.add(
          Reason.of(
                  Kind.TIMEOUT,
                  timeout > 0 ? "timeout in " + Spans.of(timeout) : "its time is over, it is ended")
              .until(Math.max(0, timeout)));
    }
    return reasons;
  }

  private static Reason now(JobFacts job, JobFacts.Attempt attempt) {
    return switch (job.state()) {
      case STARTED ->
          Reason.of(
              Kind.RUNNING,
              "runs on "
                  + attempt.worker()
                  + " for "
                  + since(Objects.requireNonNullElse(attempt.startedMs(), 0L))
                  + heard(attempt));
      case RECEIVED ->
          Reason.of(
              Kind.RECEIVED,
              "received by "
                  + attempt.worker()
                  + " "
                  + since(Objects.requireNonNullElse(attempt.receivedMs(), 0L))
                  + " ago, not yet started"
                  + heard(attempt));
      case CREATED, QUEUED, PASSED, FAILED, ERRORED, CANCELED ->
          Reason.of(
              Kind.ASSIGNED,
              "assigned "
                  + since(attempt.placedMs())
                  + " ago to "
                  + attempt.worker()
                  + ", not yet taken up"
                  + heard(attempt));
    };
  }

  private static String heard(JobFacts.Attempt attempt) {
    var heard = attempt.heardMs();
    return attempt.isAlive() || heard == null
        ? ""
        : "; the worker has not been heard for " + since(heard);
  }

  static List<Reason> ended(JobFacts job) {
    var ended = Objects.requireNonNullElse(job.endedMs(), 0L);
    return List.of(
        Reason.of(
            Kind.ENDED,
            job.state().text()
                + " "
                + since(ended)
                + " ago"
                + (job.reason() == null ? "" : ": " + job.reason())));
  }

  private static String since(long ms) {
    return Spans.of(ms);
  }
}
