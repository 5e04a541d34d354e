package io.junction.standalone.postgres;

import io.junction.standalone.console.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A database server that outlived its Junction, as one does after {@code kill -9} of that.
 *
 * <p>It is stopped in good order rather than adopted: then what runs is always what this start has
 * configured. Its data is as safe as ever.
 */
final class Leftover {

  private static final long PATIENCE_S = 20;

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
  static void end(ProcessHandle server) {
    try {
      var kill = new ProcessBuilder("sh", "-c", "kill -s INT \"$0\"", "" + server.pid()).start();
      kill.waitFor();
      server.onExit().get(PATIENCE_S, TimeUnit.SECONDS);
    } catch (IOException | TimeoutException | ExecutionException e) {
      throw new Refusal(
          "A Postgres that a former Junction left behind (process "
              + server.pid()
              + ") does not stop.\nEnd it: kill -INT "
              + server.pid(),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal("Interrupted while an old Postgres was being stopped.", e);
    }
  }
}
