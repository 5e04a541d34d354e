package io.junction.standalone.demo;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One of the demo's jobs, and how it has to end.
 *
 * @param owner whose it is; null when nobody's
 * @param config what the bash executor is told
 * @param exclusive it must never run twice at a time, not even while its worker is cut off
 * @param door how it is submitted
 */
record DemoJob(
    String queue,
    String name,
    @Nullable String owner,
    Map<String, Object> config,
    @Nullable Long timeoutMs,
    boolean exclusive,
    Expected expected,
    Door door) {

  enum Door {
    HTTP,
    SQL
  }

  enum Expected {
    PASSES("passed"),
    FAILS("failed"),
    TIMES_OUT("errored");

    private final String state;

    Expected(String state) {
      this.state = state;
    }

    String state() {
      return state;
    }
  }
}
