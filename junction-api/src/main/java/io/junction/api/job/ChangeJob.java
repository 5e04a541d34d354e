package io.junction.api.job;

import io.junction.api.problem.Refusal;
import io.junction.common.transition.JobTransitions;
import io.junction.common.transition.Verdict;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Cancels and restarts jobs. */
@Component
public class ChangeJob {

  private final JobTransitions transitions;

  ChangeJob(JobTransitions transitions) {
    this.transitions = transitions;
  }

  @Transactional
  public void cancel(long id, @Nullable String reason) {
    check(id, "canceled", transitions.cancel(id, reason));
  }

  @Transactional
  public void restart(long id, @Nullable String reason) {
    check(id, "restarted", transitions.restart(id, reason));
  }

  private static void check(long id, String verb, @Nullable Verdict verdict) {
    if (verdict == null) {
      throw Refusal.notFound("there is no job " + id);
    }
    var state = verdict.state();
    if (verdict.kind() == Verdict.Kind.REFUSED && state != null) {
      var why =
          verb.equals("canceled")
              ? "it has ended " + state.text()
              : "all its attempts are used up; submit it anew";
      throw Refusal.refused("job " + id + " cannot be " + verb + ": " + why, state.text());
    }
  }
}
