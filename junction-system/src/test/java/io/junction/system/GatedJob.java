package io.junction.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A job that writes down when each attempt starts and ends, runs until the test opens that
 * attempt's gate, and complains when another attempt's processes are still there.
 *
 * <p>The lock is one of the kernel's, on an open file: every process of an attempt holds it, and a
 * killed one lets go of it.
 */
final class GatedJob {

  private static final String SCRIPT =
      """
      exec 9>>lock
      flock -n 9 || echo "overlap $JUNCTION_ATTEMPT" >>marks
      echo "start $JUNCTION_ATTEMPT $$" >>marks
      until [ -e "gate-$JUNCTION_ATTEMPT" ]; do sleep 0.05; done
      echo "end $JUNCTION_ATTEMPT" >>marks
      """;

  private final Path folder;

  GatedJob(Path folder) {
    this.folder = folder;
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("script"), SCRIPT);
      Files.createFile(folder.resolve("marks"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  String config() {
    return "{\"command\": \"cd '%s' && . ./script\"}".formatted(folder);
  }

  void awaitStart(int attempt) {
    Pace.awaiting("attempt " + attempt + " to start").until(() -> has("start " + attempt + " "));
  }

  void awaitEnd(int attempt) {
    Pace.awaiting("attempt " + attempt + " to end").until(() -> has("end " + attempt));
  }

  /** Lets an attempt come to its end. */
  void open(int attempt) {
    try {
      Files.createFile(folder.resolve("gate-" + attempt));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Whether the process of an attempt, which has started, is still there. */
  boolean runs(int attempt) {
    String start = "start " + attempt + " ";
    long pid =
        marks().stream()
            .filter(mark -> mark.startsWith(start))
            .map(mark -> Long.parseLong(mark.substring(start.length())))
            .findFirst()
            .orElseThrow();
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  /** What the attempts have said, without process ids. */
  List<String> story() {
    return marks().stream().map(mark -> mark.replaceFirst("^(start \\d+) .*", "$1")).toList();
  }

  private boolean has(String mark) {
    return marks().stream().anyMatch(line -> line.startsWith(mark));
  }

  private List<String> marks() {
    try {
      return Files.readAllLines(folder.resolve("marks"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
