package io.junction.standalone.postgres;

import io.junction.standalone.folder.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    var programs = cache.resolve("junction/postgres");
    if (programs.isAbsolute()) {
      try {
        Files.createDirectories(programs);
        if (Files.isWritable(programs)) {
          return programs;
        }
      } catch (IOException e) {
        // A user without a home, as in many containers.
      }
    }
    return folder.file("postgres-programs");
  }
}
