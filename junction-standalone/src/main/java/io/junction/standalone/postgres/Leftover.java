package io.junction.standalone.postgres;

import io.junction.standalone.console.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * A database server that outlived its Junction, as one does after {@code kill -9} of that.
 *
 * <p>It is stopped in good order rather than adopted: then what runs is always what this start has
 * configured. Its data is as safe as ever.
 */
final class Leftover {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration LOOK = Duration.ofMillis(50);

  private Leftover() {}

  /** Its process, when there is one on these files. */
  static Optional<ProcessHandle> of(Path files) {
    try {
      var pidFile = files.resolve("postmaster.pid");
      if (!Files.exists(pidFile)) {
        return Optional.empty();
      }
      try (var lines = Files.lines(pidFile)) {
        return lines
            .findFirst()
            .map(String::strip)
            .filter(line -> line.matches("\\d{1,10}"))
            .flatMap(line -> ProcessHandle.of(Long.parseLong(line)))
            .filter(process -> process.isAlive() && isServerOf(files, process));
      }
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The number alone proves nothing: it may have been given to another process since. */
  private static boolean isServerOf(Path files, ProcessHandle process) {
    var folder = Path.of("/proc", Long.toString(process.pid()), "cwd");
    try {
      if (Files.exists(folder)) {
        return Files.isSameFile(folder, files);
      }
    } catch (IOException e) {
      return false;
    }
    return process.info().command().filter(c -> Path.of(c).endsWith("postgres")).isPresent();
  }

  /** As {@code pg_ctl stop -m fast}: connections are cut, everything committed is kept. */
  static void end(Path files, ProcessHandle server) {
    long until = System.nanoTime() + PATIENCE.toNanos();
    try {
      new ProcessBuilder("sh", "-c", "kill -s INT \"$0\"", "" + server.pid()).start().waitFor();
    } catch (IOException e) {
      throw alive(server);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw alive(server);
    }
    // Not by its exit: where nobody reaps orphans (a container's process 1) it stays, as a zombie.
    while (server.isAlive() && isServerOf(files, server)) {
      if (System.nanoTime() - until > 0) {
        throw alive(server);
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  private static Refusal alive(ProcessHandle server) {
    return new Refusal(
        "A Postgres that a former Junction left behind (process %d) does not stop.\n"
                .formatted(server.pid())
            + "End it: kill -INT "
            + server.pid());
  }
}
