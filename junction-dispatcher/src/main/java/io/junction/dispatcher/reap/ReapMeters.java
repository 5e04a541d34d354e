package io.junction.dispatcher.reap;

import io.junction.common.assignment.Outcome;
import io.junction.common.job.JobState;
import io.junction.common.transition.Changed;
import io.junction.common.transition.Closing;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The reaper's counters. */
@Component
class ReapMeters {

  private final MeterRegistry registry;
  private final Counter workers;

  ReapMeters(MeterRegistry registry) {
    this.registry = registry;
    this.workers = registry.counter("junction.workers.lost");
  }

  void workersLost(int count) {
    workers.increment(count);
  }

  /** Counts what really changed, by outcome; a job without attempts left is not requeued. */
  Map<Outcome, Integer> closed(List<Closing> closings, List<Changed> changes) {
    var outcomes = new HashMap<UUID, Outcome>();
    closings.forEach(closing -> outcomes.put(closing.assignment(), closing.outcome()));
    var closed = new EnumMap<Outcome, Integer>(Outcome.class);
    for (var change : changes) {
      var outcome = outcomes.get(change.assignment());
      if (outcome != null) {
        closed.merge(outcome, 1, Integer::sum);
        if (change.state() == JobState.CREATED) {
          registry.counter("junction.requeues", "outcome", outcome.text()).increment();
        }
      }
    }
    return closed;
  }
}
