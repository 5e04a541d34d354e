package io.junction.worker.executor.bash;

import io.junction.worker.executor.Ending;
import io.junction.worker.executor.Execution;
import io.junction.worker.executor.Run;
import io.junction.worker.executor.Text;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A command under way, and the end of everything that it has started. */
final class BashExecution implements Execution {
  private static final long GRACE_MS = 2_000;
  private static final long OUTPUT_PATIENCE_MS = 1_000;

  /** Of the protocol's 64 KiB for a result; the rest is for the names and numbers in it. */
  private static final int ROOM_FOR_EACH_OUTPUT = 31 * 1_024;

  private static final int FIRST_SIGNAL = 129;
  private static final int LAST_SIGNAL = 192;

  private final long startedAt = System.nanoTime();
  private final Process process;
  private final Family family;
  private final Leash leash;
  private final Capture stdout;
  private final Capture stderr;
  private final Workspace workspace;

  BashExecution(Run run, Process process, Workspace workspace, int outputLimit) {
    this.process = process;
    this.workspace = workspace;
    this.family = new Family(process.toHandle());
    this.leash = new Leash(process.getOutputStream());
    this.stdout =
        new Capture(process.getInputStream(), outputLimit, "stdout of " + run.assignment());
    this.stderr =
        new Capture(process.getErrorStream(), outputLimit, "stderr of " + run.assignment());
  }

  @Override
  public Ending await() throws InterruptedException {
    int code = process.waitFor();
    long durationMs = (System.nanoTime() - startedAt) / 1_000_000;
    family.kill(); // what the command has left behind, and the watcher
    leash.cut();
    Tail out = stdout.await(OUTPUT_PATIENCE_MS);
    Tail err = stderr.await(OUTPUT_PATIENCE_MS);
    boolean unstarted = workspace.unstarted();
    workspace.remove();
    if (unstarted) {
      return Ending.errored("command: cannot be started" + lastWords(Text.decode(err.bytes())));
    }
    var state =
        code == 0 ? Ending.State.PASSED : signal(code) ? Ending.State.ERRORED : Ending.State.FAILED;
    return new Ending(state, reason(code), result(code, out, err, durationMs));
  }

  private static boolean signal(int code) {
    return code >= FIRST_SIGNAL && code <= LAST_SIGNAL;
  }

  private static @Nullable String reason(int code) {
    if (code == 0) {
      return null;
    }
    return signal(code) ? "ended by signal " + (code - FIRST_SIGNAL + 1) : "exit code " + code;
  }

  private static ObjectNode result(int code, Tail out, Tail err, long durationMs) {
    String allOut = Text.decode(out.bytes());
    String allErr = Text.decode(err.bytes());
    String keptOut = Text.lastThatFits(allOut, ROOM_FOR_EACH_OUTPUT);
    String keptErr = Text.lastThatFits(allErr, ROOM_FOR_EACH_OUTPUT);
    boolean cut = keptOut.length() < allOut.length() || keptErr.length() < allErr.length();
    return JsonNodeFactory.instance
        .objectNode()
        .put("exit_code", code)
        .put("stdout", keptOut)
        .put("stderr", keptErr)
        .put("duration_ms", durationMs)
        .put("truncated", cut || out.truncated() || err.truncated());
  }

  /** What the leash said when it could not start the command, without its own name and line. */
  private static String lastWords(String stderr) {
    String words = stderr.strip();
    String last =
        words
            .substring(words.lastIndexOf('\n') + 1)
            .replaceFirst("^junction: line \\d+: (exec: )?", "");
    return last.isEmpty() ? "" : ": " + last;
  }

  @Override
  public void terminate() {
    Thread.ofVirtual().start(this::endWithGrace);
  }

  private void endWithGrace() {
    family.terminate();
    try {
      process.waitFor(GRACE_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // nobody does; the kill follows anyway
    }
    if (process.isAlive()) {
      family.kill();
    }
  }

  @Override
  public void kill() {
    process.destroyForcibly();
    Thread.ofVirtual().start(family::kill);
  }

  @Override
  public void renew(long leaseEnd) {
    leash.renew(leaseEnd);
  }
}
