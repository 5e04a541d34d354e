package io.junction.system;

import io.junction.testing.TidyRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The jars as they are deployed. */
enum Program {
  API("junction-api", 256),
  DISPATCHER("junction-dispatcher", 256),
  WORKER("junction-worker", 128),
  STANDALONE("junction-standalone", 512);

  private final String module;
  private final int heapMiB;

  Program(String module, int heapMiB) {
    this.module = module;
    this.heapMiB = heapMiB;
  }

  /** The command that runs it, in a JVM that is set up to start fast. */
  List<String> command() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Xmx" + heapMiB + "m",
        "-Duser.timezone=Asia/Kolkata",
        "-jar",
        jar().toString());
  }

  private Path jar() {
    Path target = TidyRules.root().resolve(module).resolve("target");
    try (var jars = Files.newDirectoryStream(target, module + "-*-exec.jar")) {
      for (Path jar : jars) {
        return jar;
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot look into " + target, failure);
    }
    throw new IllegalStateException(
        "there is no %s-*-exec.jar in %s: package that module first".formatted(module, target));
  }
}
