package io.junction.bench.scenario;

import java.util.List;

/** All that can be measured, in the order in which it is. */
public final class Scenarios {

  private Scenarios() {}

  public static List<Scenario> all() {
    return List.of(new BurnDowns());
  }
}
