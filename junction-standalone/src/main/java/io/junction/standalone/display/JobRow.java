package io.junction.standalone.display;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A job as it is shown.
 *
 * @param worker the name of the one that has or had it last; empty when it was never given out
 * @param took how long its last attempt has been running, or ran; null when it has not begun
 * @param said the last line that it printed, why it ended, or what it waits for; else empty
 */
public record JobRow(
    long id,
    String queue,
    String name,
    String state,
    int attempt,
    String worker,
    @Nullable Duration took,
    String said) {

  private static final Set<String> FINAL = Set.of("passed", "failed", "errored", "canceled");
  private static final Set<String> RUNNING = Set.of("received", "started");

  /** Whether nothing more will happen to it. */
  public boolean isFinal() {
    return FINAL.contains(state);
  }

  /** Whether a worker has it. */
  public boolean isRunning() {
    return RUNNING.contains(state);
  }

  /** The same job, after so long. */
  public JobRow after(@Nullable Duration time) {
    return new JobRow(id, queue, name, state, attempt, worker, time, said);
  }

  /** The same job, with this to say. */
  public JobRow saying(String words) {
    return new JobRow(id, queue, name, state, attempt, worker, took, words);
  }

  /** Whether there is something new to tell about it. */
  boolean differsFrom(@Nullable JobRow earlier) {
    return earlier == null
        || !state.equals(earlier.state)
        || attempt != earlier.attempt
        || !said.equals(earlier.said)
        || !worker.equals(earlier.worker);
  }
}
