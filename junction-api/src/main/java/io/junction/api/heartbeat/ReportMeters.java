package io.junction.api.heartbeat;

import io.junction.common.transition.JobEvent;
import io.junction.common.transition.Verdict;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** Counts the verdicts on reports. Each counter is looked up once, for there are many reports. */
final class ReportMeters {

  private final Map<JobEvent, Map<Verdict.Kind, Counter>> counters = new EnumMap<>(JobEvent.class);

  ReportMeters(MeterRegistry meters) {
    for (var event : JobEvent.values()) {
      var ofEvent = new EnumMap<Verdict.Kind, Counter>(Verdict.Kind.class);
      for (var kind : Verdict.Kind.values()) {
        ofEvent.put(
            kind,
            meters.counter("junction.reports", "event", event.text(), "verdict", kind.text()));
      }
      counters.put(event, ofEvent);
    }
  }

  void count(JobEvent event, Verdict.Kind kind) {
    Objects.requireNonNull(Objects.requireNonNull(counters.get(event)).get(kind)).increment();
  }
}
