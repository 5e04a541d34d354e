package io.junction.dispatcher.dispatch;

import io.junction.common.plan.QueuedJob;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The jobs to place, locked.
 *
 * @param jobs by queue, in the order in which they are served
 * @param cut queues in which others may wait, though these jobs are fewer than the slots
 */
record Front(Map<String, List<QueuedJob>> jobs, Set<String> cut) {

  List<QueuedJob> of(String queue) {
    return jobs.getOrDefault(queue, List.of());
  }
}
