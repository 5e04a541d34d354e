package io.junction.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process of the cluster.
 *
 * <p>Signals go to its process id only. Its output is kept in a file of its own; it is killed when
 * this JVM ends, if nobody has done so before.
 */
final class Child {

  private static final int TAIL_LINES = 30;

  private final String name;
  private final Path output;
  private final Process process;

  private Child(String name, Path output, Process process) {
    this.name = name;
    this.output = output;
    this.process = process;
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
  }

  /** Starts it; what the shell of the developer says of Junction is kept from it. */
  static Child start(
      String name, Program program, Map<String, String> environment, List<String> arguments) {
    Path output = Folders.log(name);
    var command = new ArrayList<>(program.command());
    command.addAll(arguments);
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder
        .environment()
        .keySet()
        .removeIf(key -> key.startsWith("JUNCTION_") || key.startsWith("SPRING_"));
    builder.environment().putAll(environment);
    try {
      return new Child(name, output, builder.start());
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot start " + name, failure);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** {@code STOP}, {@code CONT} or {@code TERM}, by the shell, whose kill is built in. */
  void signal(String signal) {
    try {
      int code =
          new ProcessBuilder("sh", "-c", "kill -s \"$0\" \"$1\"", signal, "" + process.pid())
              .inheritIO()
              .start()
              .waitFor();
      if (code != 0) {
        throw new IllegalStateException("cannot send " + signal + " to " + name);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot run sh", failure);
    } catch (InterruptedException interrupted) {
      throw interrupted(interrupted);
    }
  }

  /** {@code kill -9}; returns when it is gone. */
  void kill() {
    process.destroyForcibly();
    awaitExit();
  }

  /** Its exit code, once it has ended by itself. */
  int awaitExit() {
    return awaitExit(Pace.PATIENCE);
  }

  int awaitExit(Duration patience) {
    try {
      if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError(name + " did not end within " + patience + "\n" + tail());
      }
      return process.exitValue();
    } catch (InterruptedException interrupted) {
      throw interrupted(interrupted);
    }
  }

  /** All that it has said so far. */
  String said() {
    try {
      return Files.readString(output);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot read " + output, failure);
    }
  }

  /** The end of what it said, for the reader of a test that failed. */
  String tail() {
    var lines = said().lines().toList();
    var last = lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
    return "--- %s (%s), %s%n%s%n"
        .formatted(
            name,
            process.isAlive() ? "alive" : "ended with " + process.exitValue(),
            output,
            String.join("\n", last));
  }

  private static IllegalStateException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("interrupted", cause);
  }
}
