package io.junction.worker.executor;

import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The executors that this worker knows by name, chosen by {@code config.executor}.
 *
 * <p>Failure: whatever a config holds, the answer is an {@link Execution}; one that cannot begin
 * has ended {@code errored} with a reason that names the field.
 */
public final class Executors implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Executors.class);
  private static final String DEFAULT = "bash";

  private final TreeMap<String, Executor> byName;

  public Executors(Map<String, Executor> byName) {
    this.byName = new TreeMap<>(byName);
  }

  /** Begins a run. */
  public Execution start(Run run) {
    try {
      var config = Config.of(run.config());
      String name = config.text("executor", DEFAULT);
      Executor executor = byName.get(name);
      if (executor == null) {
        throw new BadConfig(
            "executor", "'" + name + "' is unknown; this worker knows " + byName.keySet());
      }
      return executor.start(run, config);
    } catch (BadConfig e) {
      return Execution.unstarted(Ending.errored(String.valueOf(e.getMessage())));
    } catch (RuntimeException e) {
      log.error("Assignment {} could not be started, which is a bug", run.assignment(), e);
      return Execution.unstarted(Ending.errored("the worker failed to start it: " + e));
    }
  }

  @Override
  public void close() {
    byName.values().forEach(Executor::close);
  }
}
