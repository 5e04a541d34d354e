package io.junction.standalone.postgres;

import io.junction.standalone.console.Refusal;
import io.junction.standalone.folder.PrivateFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Collectors;

/** The file into which the database server writes. */
final class ServerLog {

  private static final long MOST_BYTES = 10 * 1024 * 1024;
  private static final int LAST_LINES = 8;

  private ServerLog() {}

  /** Private, for statements stand in it; one old file is kept beside one that has grown large. */
  static void prepare(Path file) {
    try {
      if (Files.exists(file) && Files.size(file) > MOST_BYTES) {
        Files.move(
            file,
            file.resolveSibling(file.getFileName() + ".1"),
            StandardCopyOption.REPLACE_EXISTING);
      }
      PrivateFile.touch(file);
    } catch (IOException e) {
      throw new Refusal("The file " + file + " cannot be used: " + e, e);
    }
  }

  static String end(Path file) {
    try {
      var lines = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
      return lines.stream()
          .skip(Math.max(0, lines.size() - LAST_LINES))
          .map(line -> "  " + line)
          .collect(Collectors.joining("\n"));
    } catch (IOException e) {
      return "  " + e;
    }
  }
}
