package io.junction.api.rule;

import io.junction.common.queue.QueueName;
import io.junction.common.rule.Decision;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which rule takes a job, and why.
 *
 * @param queue null when it would end errored
 * @param rule its place in the list, from 0; null when the default took it, or nothing
 * @param name of that rule
 * @param why a sentence for each rule that was asked
 */
record TrialResponse(
    @Nullable String queue, @Nullable Integer rule, @Nullable String name, List<String> why) {

  static TrialResponse of(Decision decision) {
    QueueName queue = decision.queue();
    return new TrialResponse(
        queue == null ? null : queue.value(), decision.rule(), decision.name(), decision.why());
  }
}
