package io.junction.api.heartbeat;

import io.junction.common.transition.Report;
import io.junction.common.transition.Verdict;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What became of an update. */
public record UpdateVerdict(UUID assignment, String event, String verdict, @Nullable String state) {

  public static UpdateVerdict of(Report report, Verdict verdict) {
    var state = verdict.state();
    return new UpdateVerdict(
        report.assignment(),
        report.event().text(),
        verdict.kind().text(),
        state == null ? null : state.text());
  }
}
