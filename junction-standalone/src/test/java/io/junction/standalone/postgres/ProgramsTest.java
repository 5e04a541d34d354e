package io.junction.standalone.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.standalone.folder.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramsTest {

  @TempDir Path path;

  @Test
  void they_are_in_the_users_cache_that_nobody_else_opens() throws IOException {
    var data = DataFolder.at(path.resolve("data"));
    var home = path.resolve("home").toString();

    assertThat(Programs.folder(data, Map.of(), home))
        .isEqualTo(path.resolve("home/.cache/junction/postgres"));
    assertThat(Programs.folder(data, Map.of("XDG_CACHE_HOME", path + "/cache"), home))
        .isEqualTo(path.resolve("cache/junction/postgres"));
    assertThat(PosixFilePermissions.toString(permissions("home/.cache/junction")))
        .isEqualTo("rwx------");
  }

  @Test
  void who_has_no_home_keeps_them_in_the_data_folder() {
    var data = DataFolder.at(path.resolve("data"));

    assertThat(Programs.folder(data, Map.of(), "?"))
        .isEqualTo(path.resolve("data/programs/postgres"));
    assertThat(Programs.folder(data, Map.of(), "/dev/null"))
        .isEqualTo(path.resolve("data/programs/postgres"));
  }

  private Set<PosixFilePermission> permissions(String folder) throws IOException {
    return Files.getPosixFilePermissions(path.resolve(folder));
  }
}
