package io.junction.bench;

import io.junction.bench.house.House;
import io.junction.bench.report.JsonReport;
import io.junction.bench.report.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where a run ran. */
final class Machine {

  private Machine() {}

  static JsonReport report(House house, Path root, boolean brief, List<Result> results) {
    return new JsonReport(commit(root), machine(house), brief, results);
  }

  private static JsonReport.Machine machine(House house) {
    return new JsonReport.Machine(
        Runtime.getRuntime().availableProcessors(),
        memoryMib(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        Runtime.version().toString(),
        house.database().version());
  }

  private static long memoryMib() {
    try {
      return Files.readAllLines(Path.of("/proc/meminfo")).stream()
          .filter(line -> line.startsWith("MemTotal:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException noLinux) {
      return 0;
    }
  }

  private static String commit(Path root) {
    try {
      var git =
          new ProcessBuilder("git", "-C", root.toString(), "rev-parse", "--short", "HEAD")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      var said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return git.waitFor() == 0 ? said : "unknown";
    } catch (IOException noGit) {
      return "unknown";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "unknown";
    }
  }
}
