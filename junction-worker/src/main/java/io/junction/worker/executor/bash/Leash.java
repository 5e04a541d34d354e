package io.junction.worker.executor.bash;

import io.junction.worker.executor.Run;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * The worker's end of the pipe on which a command hangs; see {@code leash.bash} for the other end.
 *
 * <p>Invariant: nobody but this JVM holds the writing end (Java closes every descriptor above 2 in
 * a child), so when the worker dies, the pipe ends and the command's session is killed. When the
 * worker is only stopped (SIGSTOP), the watcher of an exclusive job hears of no new lease in time,
 * and kills as well.
 *
 * <p>Time: the remaining seconds are counted when they are written. A worker that is stopped
 * between counting and writing cannot prolong a lease beyond what the watcher was told before,
 * unless it is continued again before that has passed; then its own timer is what fences.
 *
 * <p>Failure: without setsid(1), which macOS lacks, there is no leash: a worker's violent death
 * leaves its jobs behind, and only the worker's own timer ends an exclusive job.
 */
final class Leash {
  private static final String SCRIPT = read();
  static final Optional<String> SETSID = find("setsid");
  static final String BASH = find("bash").orElse("bash");

  private final OutputStream pipe;
  private final AtomicBoolean writing = new AtomicBoolean();

  Leash(OutputStream pipe) {
    this.pipe = pipe;
  }

  /** The command line that runs a command on a leash, or as it is where there is none. */
  static List<String> around(List<String> command, Run run, Path unstartedMark) {
    if (SETSID.isEmpty()) {
      return command;
    }
    String lease = run.exclusive() ? seconds(run.leaseEnd()) : "-";
    // -p: the job's environment (BASH_ENV, SHELLOPTS, functions) must not reach into the leash.
    var line =
        new ArrayList<>(
            List.of(
                SETSID.get(),
                BASH,
                "-p",
                "-c",
                SCRIPT,
                "junction",
                lease,
                unstartedMark.toString()));
    line.addAll(command);
    return line;
  }

  /**
   * Tells the watcher of a new end. A watcher that does not read must not hold up the worker, hence
   * the thread.
   */
  void renew(long leaseEnd) {
    if (SETSID.isPresent() && writing.compareAndSet(false, true)) {
      Thread.ofVirtual().start(() -> write(leaseEnd));
    }
  }

  private void write(long leaseEnd) {
    try {
      pipe.write((seconds(leaseEnd) + "\n").getBytes(StandardCharsets.US_ASCII));
      pipe.flush();
    } catch (IOException e) {
      // The watcher is gone, and so is its job.
    } finally {
      writing.set(false);
    }
  }

  void cut() {
    try {
      pipe.close();
    } catch (IOException e) {
      // It was cut at the other end.
    }
  }

  private static String seconds(long leaseEnd) {
    double seconds = (leaseEnd - System.nanoTime()) / 1e9;
    return String.format(Locale.ROOT, "%.3f", Math.max(seconds, 0.001));
  }

  private static Optional<String> find(String program) {
    String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
    return Stream.of(path.split(":"))
        .filter(folder -> folder.startsWith("/"))
        .map(folder -> Path.of(folder, program))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .map(Path::toString)
        .findFirst();
  }

  private static String read() {
    try (InputStream script = Leash.class.getResourceAsStream("leash.bash")) {
      if (script == null) {
        throw new IllegalStateException("leash.bash is not on the class path");
      }
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
