package io.junction.standalone.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.junction.standalone.console.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoleTokensTest {

  @TempDir Path path;
  private DataFolder folder;

  @BeforeEach
  void open() {
    folder = DataFolder.at(path);
  }

  @Test
  void they_stay_the_same_until_their_file_is_removed() throws IOException {
    var first = RoleTokens.of(folder);

    assertThat(RoleTokens.of(folder)).isEqualTo(first);
    Files.delete(path.resolve("tokens"));
    assertThat(RoleTokens.of(folder)).isNotEqualTo(first);
  }

  @Test
  void each_role_has_its_own_of_at_least_32_random_digits() {
    var tokens = RoleTokens.of(folder);

    assertThat(tokens.worker()).matches("worker_[0-9a-f]{32}");
    assertThat(tokens.scheduler()).matches("scheduler_[0-9a-f]{32}");
    assertThat(tokens.operator()).matches("operator_[0-9a-f]{32}");
    assertThat(tokens.reader()).matches("reader_[0-9a-f]{32}");
  }

  @Test
  void their_file_is_closed_to_others_again_when_it_was_opened() throws IOException {
    RoleTokens.of(folder);
    var file = path.resolve("tokens");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));

    RoleTokens.of(folder);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void a_damaged_file_is_refused_with_what_to_do() throws IOException {
    Files.writeString(path.resolve("tokens"), "worker=worker_0123456789abcdef\nscheduler=x\n");

    assertThatThrownBy(() -> RoleTokens.of(folder))
        .isInstanceOf(Refusal.class)
        .hasMessageContainingAll("scheduler", "Remove it");
  }
}
