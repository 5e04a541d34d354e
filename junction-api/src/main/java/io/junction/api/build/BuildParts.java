package io.junction.api.build;

import io.junction.api.job.ChangeJob;
import io.junction.api.problem.Refusal;
import io.junction.common.build.Stage;
import io.junction.common.build.Stages;
import io.junction.common.job.Job;
import io.junction.common.job.Jobs;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** What a build is made of. */
@Component
class BuildParts {

  private final Stages stages;
  private final Jobs jobs;
  private final ChangeJob change;

  BuildParts(Stages stages, Jobs jobs, ChangeJob change) {
    this.stages = stages;
    this.jobs = jobs;
    this.change = change;
  }

  List<Stage> stagesOf(long build) {
    return stages.findByBuildIdOrderByNumber(build);
  }

  List<Job> jobsOf(long build) {
    return jobs.findByBuildIdOrderById(build);
  }

  void restart(long build, long job, String reason) {
    var found = jobs.findById(job);
    if (found.isEmpty() || !Objects.equals(found.get().buildId(), build)) {
      throw Refusal.notFound("build " + build + " has no job " + job);
    }
    change.restart(job, reason);
  }
}
