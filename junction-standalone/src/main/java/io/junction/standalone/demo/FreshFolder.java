package io.junction.standalone.demo;

import io.junction.standalone.console.Refusal;
import io.junction.standalone.folder.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.commons.io.FileUtils;

/** The demo's folder, emptied before each run. A mark in it says that nobody else's is lost. */
final class FreshFolder {

  private static final String MARK = "emptied-by-each-demo";
  private static final Set<String> KEPT = Set.of(MARK, "junction.pid");

  private FreshFolder() {}

  /** Refuses a folder that holds something and was not made by a demo. */
  static void requireOwn(DataFolder folder) {
    try {
      if (!Files.exists(folder.file(MARK)) && !children(folder.path()).isEmpty()) {
        throw new Refusal(
            "The folder "
                + folder
                + " is not empty, and no demo has made it: a demo empties its folder.\n"
                + "Choose a new one with --data.");
      }
      Files.writeString(folder.file(MARK), "");
    } catch (IOException e) {
      throw new Refusal("The folder " + folder + " cannot be used: " + e, e);
    }
  }

  static void empty(DataFolder folder) {
    try {
      for (var child : children(folder.path())) {
        if (!KEPT.contains(child.getFileName().toString())) {
          FileUtils.forceDelete(child.toFile());
        }
      }
    } catch (IOException e) {
      throw new Refusal("The folder " + folder + " cannot be emptied: " + e, e);
    }
  }

  private static List<Path> children(Path folder) throws IOException {
    try (var children = Files.list(folder)) {
      return children.toList();
    }
  }
}
