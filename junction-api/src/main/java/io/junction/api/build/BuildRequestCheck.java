package io.junction.api.build;

import io.junction.api.job.JobRequest;
import io.junction.api.job.JobRequestCheck;
import io.junction.api.problem.Refusal;
import jakarta.validation.Validator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Checks a build with all that is in it, and names what is refused by its place. */
@Component
class BuildRequestCheck {

  private static final int MOST_STAGES = 100;
  private static final int MOST_JOBS = 10_000;
  private static final int MAX_CONFIG_BYTES = 1024 * 1024;
  private static final int LONGEST_TEXT = 255;

  private final Validator validator;
  private final JobRequestCheck jobs;

  BuildRequestCheck(Validator validator, JobRequestCheck jobs) {
    this.validator = validator;
    this.jobs = jobs;
  }

  void check(BuildRequest build) {
    for (var violation : validator.validate(build)) {
      throw Refusal.invalid("", violation);
    }
    var config = build.config();
    if (config != null
        && config.text().getBytes(StandardCharsets.UTF_8).length > MAX_CONFIG_BYTES) {
      throw Refusal.invalid("config", "has at most " + MAX_CONFIG_BYTES + " bytes");
    }
    if (build.pullRequestNumber() != null && !"pull_request".equals(build.eventType())) {
      throw Refusal.invalid("pull_request_number", "is only for event_type pull_request");
    }
    if ((build.jobs() == null) == (build.stages() == null)) {
      throw Refusal.invalid("jobs", "or stages must be there, and not both");
    }
    var stages = build.stages();
    int count = stages == null ? check(build.jobs(), "jobs") : checkStages(stages);
    if (count > MOST_JOBS) {
      throw Refusal.invalid("jobs", "are " + MOST_JOBS + " at most, in all stages together");
    }
  }

  private int checkStages(List<BuildRequest.StageRequest> stages) {
    if (stages.isEmpty() || stages.size() > MOST_STAGES) {
      throw Refusal.invalid("stages", "are 1 to " + MOST_STAGES);
    }
    int count = 0;
    for (int i = 0; i < stages.size(); i++) {
      var stage = stages.get(i);
      var place = "stages[" + i + "]";
      if (stage == null) {
        throw Refusal.invalid(place, "must not be null");
      }
      var name = stage.name();
      if (name != null && (name.isEmpty() || name.length() > LONGEST_TEXT)) {
        throw Refusal.invalid(place + ".name", "has 1 to " + LONGEST_TEXT + " characters");
      }
      count += check(stage.jobs(), place + ".jobs");
    }
    return count;
  }

  private int check(@Nullable List<JobRequest> requests, String place) {
    if (requests == null || requests.isEmpty() || requests.size() > MOST_JOBS) {
      throw Refusal.invalid(place, "are 1 to " + MOST_JOBS);
    }
    for (int i = 0; i < requests.size(); i++) {
      jobs.check(requests.get(i), place + "[" + i + "]");
    }
    jobs.checkQueues(requests, i -> place + "[" + i + "].queue");
    return requests.size();
  }
}
