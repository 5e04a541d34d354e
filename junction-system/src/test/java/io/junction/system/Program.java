package io.junction.system;

import io.junction.testing.TidyRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The programs as they are deployed: the API and the dispatcher unpacked, for they start faster so,
 * the others as one jar.
 */
enum Program {
  API("junction-api", 256, true),
  DISPATCHER("junction-dispatcher", 256, true),
  WORKER("junction-worker", 128, false),
  STANDALONE("junction-standalone", 512, false);

  private static final Map<Program, Path> JARS = new ConcurrentHashMap<>();

  private final String module;
  private final int heapMiB;
  private final boolean unpacks;

  Program(String module, int heapMiB, boolean unpacks) {
    this.module = module;
    this.heapMiB = heapMiB;
    this.unpacks = unpacks;
  }

  /** The command that runs it, in a JVM that is set up to start fast. */
  List<String> command() {
    var command = new ArrayList<>(java());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-Xmx" + heapMiB + "m",
            "-Duser.timezone=Asia/Kolkata",
            "-jar",
            JARS.computeIfAbsent(this, Program::jar).toString()));
    return command;
  }

  private static Path jar(Program program) {
    return program.unpacks ? program.unpacked(program.built()) : program.built();
  }

  private Path built() {
    Path target = TidyRules.root().resolve(module).resolve("target");
    try (var jars = Files.newDirectoryStream(target, module + "-*-exec.jar")) {
      for (Path found : jars) {
        return found;
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot look into " + target, failure);
    }
    throw new IllegalStateException(
        "there is no %s-*-exec.jar in %s: package that module first".formatted(module, target));
  }

  private Path unpacked(Path built) {
    Path folder = Folders.of(module);
    var command = new ArrayList<>(java());
    command.addAll(List.of("-Djarmode=tools", "-jar", built.toString(), "extract"));
    command.addAll(List.of("--force", "--destination", folder.toString()));
    try {
      int code = new ProcessBuilder(command).inheritIO().start().waitFor();
      if (code != 0) {
        throw new IllegalStateException(built + " cannot be unpacked: " + code);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot unpack " + built, failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", interrupted);
    }
    return folder.resolve(built.getFileName());
  }

  private static List<String> java() {
    var java = Path.of(System.getProperty("java.home"), "bin", "java");
    return List.of(java.toString(), "-XX:TieredStopAtLevel=1");
  }
}
