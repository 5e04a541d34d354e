package io.junction.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.standalone.folder.DataFolder;
import io.junction.standalone.folder.FolderLock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each start is refused before anything runs: in plain words, with exit code 1. */
class RefusalTest {

  @TempDir Path folder;

  @Test
  void a_database_of_another_postgres_is_left_alone() throws IOException {
    var version = Files.createDirectories(folder.resolve("postgres")).resolve("PG_VERSION");
    Files.writeString(version, "17\n");

    var heard = dev();

    assertRefused(heard, "was made by Postgres 17, and this Junction comes with Postgres 18");
    assertThat(version).hasContent("17\n");
  }

  @Test
  void a_folder_named_postgres_that_holds_no_database_is_left_alone() throws IOException {
    var file = Files.createDirectories(folder.resolve("postgres")).resolve("letters.txt");
    Files.writeString(file, "dear");

    assertRefused(dev(), "holds no database");
    assertThat(file).exists();
  }

  @Test
  void a_port_that_is_taken_is_named_with_its_option() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var port = Integer.toString(taken.getLocalPort());

      var heard = Heard.of("dev", "--port", port, "--data", folder.toString());

      assertRefused(heard, "Port " + port, "is taken", "--port");
      assertThat(folder.resolve("postgres")).doesNotExist();
    }
  }

  @Test
  void a_second_start_on_a_folder_names_the_first() {
    try (var _ = FolderLock.of(DataFolder.at(folder))) {
      assertRefused(dev(), "is in use", "process " + ProcessHandle.current().pid(), "--data");
    }
    assertThat(folder.resolve("junction.pid")).isEmptyFile();
  }

  @Test
  void a_data_folder_that_is_a_file_is_named() throws IOException {
    var file = Files.writeString(folder.resolve("file"), "");

    var heard = Heard.of("dev", "--data", file.resolve("data").toString());

    assertRefused(heard, "cannot write in the data folder", file + " is a file", "--data");
  }

  @Test
  void a_demo_empties_no_folder_of_others() throws IOException {
    var file = Files.writeString(folder.resolve("thesis.tex"), "");

    assertRefused(Heard.of("demo", "--data", folder.toString()), "is not empty", "--data");
    assertThat(file).exists();
  }

  private Heard dev() {
    return Heard.of("dev", "--port", "0", "--data", folder.toString());
  }

  private static void assertRefused(Heard heard, String... words) {
    assertThat(heard.err()).contains(words).doesNotContain("Exception", "\tat ");
    assertThat(heard.code()).isEqualTo(1);
    assertThat(heard.out()).doesNotContain("Ready");
  }
}
