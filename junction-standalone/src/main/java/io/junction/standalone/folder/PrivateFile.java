package io.junction.standalone.folder;

import io.junction.standalone.console.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Files that only their owner reads (mode 0600), written as a whole or not at all. */
public final class PrivateFile {

  private PrivateFile() {}

  /** In place of whatever was there. */
  public static void write(Path file, String text) {
    try {
      var folder = file.toAbsolutePath().getParent();
      var part = Files.createTempFile(folder, "." + file.getFileName(), ""); // mode 0600
      Files.writeString(part, text);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new Refusal("The file " + file + " cannot be written: " + e, e);
    }
  }

  /** Empty at first, appended to by others. */
  public static void touch(Path file) {
    if (!Files.exists(file)) {
      write(file, "");
    }
  }

  /** Its text; from now on nobody else reads it, whatever its mode was. */
  public static String read(Path file) {
    try {
      if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw new Refusal("The file " + file + " cannot be read: " + e, e);
    }
  }
}
