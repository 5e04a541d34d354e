package io.junction.standalone.postgres;

import io.junction.standalone.console.Refusal;
import io.junction.standalone.folder.DataFolder;
import io.junction.standalone.folder.PrivateFile;
import io.junction.standalone.folder.RandomText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.io.FileUtils;

/**
 * The files of a database server: whether they are there, whole, and of the right version.
 *
 * <p>Failure: a mark stands beside them from before they are made until the server has answered for
 * the first time. Who finds it makes them anew: nobody can have stored anything yet.
 */
final class Cluster {

  static final String MAJOR = "18";

  private final Path files;
  private final Path mark;
  private final Path passwordFile;

  Cluster(DataFolder folder) {
    this.files = folder.postgres();
    this.mark = folder.file("postgres.unfinished");
    this.passwordFile = folder.file("postgres.password");
  }

  /** Refuses what this Postgres could not read, and prepares for what is not there yet. */
  void prepare() {
    try {
      if (Files.exists(mark)) {
        FileUtils.deleteDirectory(files.toFile());
      }
      if (!Files.exists(files)) {
        Files.writeString(mark, "");
        PrivateFile.write(passwordFile, RandomText.hex(16));
      } else if (!Files.exists(mark)) {
        requireOurs();
      }
    } catch (IOException e) {
      throw new Refusal("The folder " + files + " cannot be prepared: " + e, e);
    }
  }

  private void requireOurs() throws IOException {
    var versionFile = files.resolve("PG_VERSION");
    if (!Files.exists(versionFile)) {
      throw new Refusal(
          "The folder "
              + files
              + " holds no database.\n"
              + "Move it away, or choose another"
              + " data folder with --data.");
    }
    var version = Files.readString(versionFile).strip();
    if (!version.equals(MAJOR)) {
      throw new Refusal(
          "The database in %s was made by Postgres %s, and this Junction comes with Postgres %s."
                  .formatted(files, version, MAJOR)
              + "\nUse it with the Junction that made it, or choose another data folder with"
              + " --data.");
    }
    if (!Files.exists(passwordFile)) {
      throw new Refusal(
          "The file %s is missing, without which nobody gets into the database in %s."
              .formatted(passwordFile, files));
    }
  }

  /** From now on it is kept whatever happens. */
  void finished() throws IOException {
    Files.deleteIfExists(mark);
  }

  String password() {
    return PrivateFile.read(passwordFile).strip();
  }

  Path passwordFile() {
    return passwordFile;
  }
}
