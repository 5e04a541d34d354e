package io.junction.worker;

import static org.awaitility.Awaitility.await;

import io.junction.worker.agent.WorkerOptions;
import io.junction.worker.executor.Ending;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** What the tests with processes have in common. */
public final class Scene {
  public static final Duration PATIENCE = Duration.ofSeconds(20);

  private Scene() {}

  public static WorkerOptions options(FakeJunction junction, Path folder) {
    return WorkerOptions.of(junction.url(), FakeJunction.TOKEN, "builds")
        .withSlots(4)
        .withName("test")
        .withWorkDir(folder.resolve("work"));
  }

  /** A job that leaves its own and a grandchild's pid in a file, and then runs for ever. */
  public static String endless(Path pids) {
    return """
        {"environment": {"PIDS": "%s", "CHILD": "timeout 300 sleep 300 & echo $! >>$PIDS; wait"},
         "command": "sleep 300 & sh -c \\"$CHILD\\" & echo $$ $! >>$PIDS; wait"}
        """
        .formatted(pids);
  }

  /** Waits until all three have written their pids; the grandchild is in a group of its own. */
  public static List<Long> pids(Path file) {
    await().atMost(PATIENCE).until(() -> Files.exists(file) && read(file).size() == 3);
    return read(file);
  }

  private static List<Long> read(Path file) {
    try {
      return Pattern.compile("\\s+")
          .splitAsStream(Files.readString(file).strip())
          .filter(pid -> !pid.isEmpty())
          .map(Long::valueOf)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static void awaitGone(List<Long> pids) {
    await().atMost(PATIENCE).until(() -> pids.stream().noneMatch(Scene::runs));
  }

  public static ObjectNode result(Ending ending) {
    return Objects.requireNonNull(ending.result(), "there is no result");
  }

  /** A zombie whose parent does not care has ended. */
  public static boolean runs(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return !stat.substring(stat.lastIndexOf(')') + 2).startsWith("Z");
    } catch (IOException e) {
      return false;
    }
  }
}
