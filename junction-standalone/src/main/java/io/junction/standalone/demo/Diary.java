package io.junction.standalone.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the jobs themselves wrote down: each line says job, attempt and {@code start}, {@code tick}
 * or {@code end}; {@code killed} was written by whoever shot their worker. Evidence that does not
 * come from Junction; its order is the order of events, because every line is appended at once.
 */
record Diary(List<Entry> entries) {

  private static final Pattern LINE = Pattern.compile("(\\d+) (\\d+) (start|tick|end|killed)");

  /** One line. */
  record Entry(long job, int attempt, String event) {}

  private record Run(long job, int attempt) {}

  /** The script, with its beginning and its success noted. */
  static String kept(String script) {
    return """
        note() { echo "$JUNCTION_JOB_ID $JUNCTION_ATTEMPT $1" >>"$DIARY"; }
        note start
        %s
        note end"""
        .formatted(script);
  }

  static Diary read(Path file) {
    try {
      if (!Files.exists(file)) {
        return new Diary(List.of());
      }
      var entries = new ArrayList<Entry>();
      for (var line : Files.readAllLines(file)) {
        var entry = LINE.matcher(line);
        if (entry.matches()) {
          entries.add(
              new Entry(
                  Long.parseLong(entry.group(1)),
                  Integer.parseInt(entry.group(2)),
                  entry.group(3)));
        }
      }
      return new Diary(List.copyOf(entries));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Jobs of which two attempts overlapped: an earlier one wrote after a later one had begun. */
  Set<Long> overlapping() {
    var begun = new HashMap<Long, Integer>();
    var found = new HashSet<Long>();
    for (var entry : entries) {
      int latest = begun.merge(entry.job(), entry.attempt(), Math::max);
      if (entry.attempt() < latest) {
        found.add(entry.job());
      }
    }
    return found;
  }

  /** Jobs of which an attempt began twice, or that reached their end twice. */
  Set<Long> repeated() {
    var starts = new HashSet<Run>();
    var ends = new HashSet<Long>();
    var found = new HashSet<Long>();
    for (var entry : entries) {
      boolean isNew =
          switch (entry.event()) {
            case "start" -> starts.add(new Run(entry.job(), entry.attempt()));
            case "end" -> ends.add(entry.job());
            default -> true;
          };
      if (!isNew) {
        found.add(entry.job());
      }
    }
    return found;
  }

  /** How many of these jobs ran at the same time at most. */
  int mostAtOnce(Set<Long> jobs) {
    var running = new HashSet<Long>();
    int most = 0;
    for (var entry : entries) {
      if (jobs.contains(entry.job())) {
        switch (entry.event()) {
          case "end", "killed" -> running.remove(entry.job());
          default -> running.add(entry.job());
        }
        most = Math.max(most, running.size());
      }
    }
    return most;
  }

  /** Writes down what the job itself cannot. */
  static void noteKilled(Path file, long job, int attempt) {
    try {
      Files.writeString(
          file,
          job + " " + attempt + " killed\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
