package io.junction.system;

import io.junction.testing.TidyRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.util.FileSystemUtils;

/** Where the cluster keeps its files: below this module's target folder. */
final class Folders {

  private static final Path ROOT = TidyRules.root().resolve("junction-system/target/system");

  private Folders() {}

  /** The output of a process; a restarted one appends to that of its predecessor. */
  static Path log(String name) {
    return made(ROOT.resolve("log")).resolve(name + ".log");
  }

  /** Forgets the logs of earlier runs. */
  static void clean() {
    remove(ROOT.resolve("log"));
  }

  /** One that is used again in the next run. */
  static Path of(String name) {
    return made(ROOT.resolve(name));
  }

  /** A new and empty one. */
  static Path fresh(String name) {
    try {
      return Files.createTempDirectory(made(ROOT), name + "-");
    } catch (IOException failure) {
      throw new UncheckedIOException("no folder for " + name, failure);
    }
  }

  static void remove(Path folder) {
    try {
      FileSystemUtils.deleteRecursively(folder);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot remove " + folder, failure);
    }
  }

  private static Path made(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot make " + folder, failure);
    }
  }
}
