package io.junction.api.job;

import io.junction.api.problem.Refusal;
import io.junction.common.rule.CurrentRules;
import jakarta.validation.Validator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Checks each job of a submission, and names the one that is refused by its place. */
@Component
public class JobRequestCheck {

  private static final int MAX_CONFIG_BYTES = 1024 * 1024;

  private final Validator validator;
  private final CurrentRules rules;

  JobRequestCheck(Validator validator, CurrentRules rules) {
    this.validator = validator;
    this.rules = rules;
  }

  void check(JobsRequest request) {
    for (int i = 0; i < request.jobs().size(); i++) {
      var job = request.jobs().get(i);
      var place = request.many() ? "[" + i + "]" : "";
      check(job, place);
      if (job.number() != null || job.allowFailure() != null) {
        var field = job.number() != null ? "number" : "allow_failure";
        throw Refusal.invalid(
            place.isEmpty() ? field : place + "." + field, "is only for a job of a build");
      }
    }
    checkQueues(request.jobs(), i -> request.many() ? "[" + i + "].queue" : "queue");
  }

  /** While there are no rules that could decide, each of these jobs has to name its queue. */
  public void checkQueues(List<JobRequest> jobs, IntFunction<String> place) {
    for (int i = 0; i < jobs.size(); i++) {
      if (jobs.get(i).queue() == null) {
        if (!rules.areSet()) {
          throw Refusal.invalid(place.apply(i), "is required: there are no queue rules");
        }
        return;
      }
    }
  }

  /** Checks a job that stands at this place of its request, as in {@code jobs[3]}. */
  public void check(@Nullable JobRequest job, String place) {
    if (job == null) {
      throw Refusal.invalid(place.isEmpty() ? "body" : place, "must not be null");
    }
    var prefix = place.isEmpty() ? "" : place + ".";
    for (var violation : validator.validate(job)) {
      throw Refusal.invalid(place, violation);
    }
    var config = job.config();
    if (config != null
        && config.text().getBytes(StandardCharsets.UTF_8).length > MAX_CONFIG_BYTES) {
      throw Refusal.invalid(prefix + "config", "has at most " + MAX_CONFIG_BYTES + " bytes");
    }
  }
}
