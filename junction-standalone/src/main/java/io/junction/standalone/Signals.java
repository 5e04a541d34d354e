package io.junction.standalone;

import io.junction.standalone.console.Stop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What a signal does: it asks for a stop, waits for the command to end by itself, and then ends the
 * process with that command's exit code. Nothing else of this process acts on a signal.
 */
final class Signals implements AutoCloseable {

  private static final int LONGEST_STOP_S = 40;
  private static final int STUCK = 1;

  private final CompletableFuture<Integer> code = new CompletableFuture<>();
  private final Thread hook;

  private Signals(Stop stop) {
    this.hook = new Thread(() -> stop(stop), "signal");
  }

  static Signals ask(Stop stop) {
    var signals = new Signals(stop);
    Runtime.getRuntime().addShutdownHook(signals.hook);
    return signals;
  }

  private void stop(Stop stop) {
    stop.ask(Stop.By.USER);
    int status = STUCK;
    try {
      status = code.get(LONGEST_STOP_S, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      // Ends anyway; Postgres, if it is left, is found by the next start.
    }
    Runtime.getRuntime().halt(status);
  }

  /** The command has ended by itself, asked to or not. */
  void ended(int status) {
    code.complete(status);
  }

  @Override
  public void close() {
    code.complete(STUCK);
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending: the hook is what ends it.
    }
  }
}
