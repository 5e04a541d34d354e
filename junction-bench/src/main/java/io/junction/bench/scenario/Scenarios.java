package io.junction.bench.scenario;

import io.junction.bench.stage.Scenario;
import java.util.List;

/** All that can be measured, in the order in which it is. */
public final class Scenarios {

  private Scenarios() {}

  public static List<Scenario> all() {
    return List.of(
        new BurnDowns(),
        new Single(),
        new Latency(),
        new Backlog(),
        new DispatchCost(),
        new FleetBeats(),
        new Parked(),
        new Idle(),
        new Retention(),
        new LongHistory(),
        new HeldXmin(),
        new Limits());
  }
}
