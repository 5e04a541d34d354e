package io.junction.standalone.folder;

import io.junction.standalone.console.Refusal;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where everything of one Junction is kept: its database, its tokens, its logs. */
public record DataFolder(Path path) {

  /** Made when it is missing; refused when it is none or nobody may write there. */
  public static DataFolder at(Path path) {
    var folder = path.toAbsolutePath().normalize();
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, ".junction-may-write", ""));
      return new DataFolder(folder);
    } catch (IOException e) {
      throw new Refusal(
          "Junction cannot write in the data folder "
              + folder
              + ": "
              + because(folder, e)
              + ".\nChoose another one with --data.",
          e);
    }
  }

  private static String because(Path folder, IOException e) {
    for (Path part = folder; part != null; part = part.getParent()) {
      if (Files.exists(part)) {
        if (!Files.isDirectory(part)) {
          return part + " is a file";
        }
        return e instanceof AccessDeniedException
            ? "you may not write in " + part
            : String.valueOf(e.getMessage());
      }
    }
    return String.valueOf(e.getMessage());
  }

  /** Of the database server, all of it. */
  public Path postgres() {
    return path.resolve("postgres");
  }

  /** What the database server says. */
  public Path postgresLog() {
    return path.resolve("postgres.log");
  }

  /** What Junction says that is not for the console. */
  public Path log() {
    return path.resolve("junction.log");
  }

  /** What a shell can source. */
  public Path devEnv() {
    return path.resolve("dev.env");
  }

  /** Where the worker in this process lets its jobs work. */
  public Path work() {
    return path.resolve("work");
  }

  /** A file of it. */
  public Path file(String name) {
    return path.resolve(name);
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
