package io.junction.dispatcher.limit;

import java.util.List;

/** Says which created jobs may be queued, oldest first: at present all that are not held. */
final class LimitPlanner {

  private LimitPlanner() {}

  static List<Long> plan(List<CreatedJob> jobs) {
    return jobs.stream().filter(job -> !job.held()).map(CreatedJob::id).toList();
  }
}
