package io.junction.standalone.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevEnvTest {

  private static final DevEnv ENV =
      new DevEnv(
          URI.create("http://127.0.0.1:8080"),
          new RoleTokens("w-token", "s-token", "o-token", "r-token"),
          "postgresql://postgres:secret@127.0.0.1:15432/postgres");

  @TempDir Path folder;

  @Test
  void a_shell_that_sources_it_hands_everything_on() throws Exception {
    var data = DataFolder.at(folder);
    ENV.writeTo(data);

    var shell =
        new ProcessBuilder("sh", "-c", ". \"$0\" && env | grep ^JUNCTION_ | sort")
            .redirectErrorStream(true);
    shell.command().add(data.devEnv().toString());
    shell.environment().keySet().removeIf(name -> name.startsWith("JUNCTION_"));
    var output = shell.start().getInputStream().readAllBytes();

    assertThat(new String(output, StandardCharsets.UTF_8).lines())
        .containsExactly(
            "JUNCTION_DATABASE_URL=postgresql://postgres:secret@127.0.0.1:15432/postgres",
            "JUNCTION_OPERATOR_TOKEN=o-token",
            "JUNCTION_READER_TOKEN=r-token",
            "JUNCTION_SCHEDULER_TOKEN=s-token",
            "JUNCTION_URL=http://127.0.0.1:8080",
            "JUNCTION_WORKER_TOKEN=w-token");
  }

  @Test
  void nobody_else_reads_it_even_if_the_old_one_was_open() throws IOException {
    var data = DataFolder.at(folder);
    Files.writeString(data.devEnv(), "old");
    Files.setPosixFilePermissions(data.devEnv(), PosixFilePermissions.fromString("rw-r--r--"));

    ENV.writeTo(data);

    assertThat(Files.getPosixFilePermissions(data.devEnv()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }
}
