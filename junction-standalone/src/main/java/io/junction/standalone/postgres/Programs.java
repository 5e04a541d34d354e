package io.junction.standalone.postgres;

import io.junction.standalone.folder.DataFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/**
 * Where the programs of Postgres are unpacked to: the user's cache, once for all data folders; in
 * the data folder where there is no such cache. Not in the shared temporary folder, which is the
 * library's default: others could put their own programs there first.
 */
final class Programs {

  private Programs() {}

  static Path folder(DataFolder folder) {
    return folder(folder, System.getenv(), System.getProperty("user.home", ""));
  }

  static Path folder(DataFolder folder, Map<String, String> environment, String home) {
    var set = environment.getOrDefault("XDG_CACHE_HOME", "");
    var cache = set.isEmpty() ? Path.of(home, ".cache") : Path.of(set);
    var junction = cache.resolve("junction");
    var programs =
        junction.isAbsolute() && isOwn(junction) ? junction : own(folder.file("programs"));
    return programs.resolve("postgres");
  }

  private static boolean isOwn(Path cache) {
    try {
      return Files.isWritable(own(cache));
    } catch (UncheckedIOException e) {
      return false; // a user without a home, as in many containers
    }
  }

  /** Closed to others: the library makes what it puts into it writable for everybody. */
  private static Path own(Path folder) {
    try {
      Files.createDirectories(folder);
      if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
