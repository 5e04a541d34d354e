package io.junction.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.standalone.folder.DataFolder;
import io.junction.standalone.folder.DevEnv;
import io.junction.standalone.folder.RoleTokens;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WelcomeTest {

  private static final DevEnv ENV =
      new DevEnv(
          URI.create("http://127.0.0.1:8080"),
          new RoleTokens("w-token", "s-token", "o-token", "r-token"),
          "postgresql://postgres:secret@127.0.0.1:15432/postgres");

  @Test
  void the_address_the_tokens_and_the_database_are_printed() {
    assertThat(in(Path.of(".junction")))
        .contains("http://127.0.0.1:8080", "w-token", "s-token", "o-token", "r-token")
        .contains("postgresql://postgres:secret@127.0.0.1:15432/postgres")
        .contains("none: start one with ./junction worker --queue default");
  }

  @Test
  void the_file_to_source_is_named_as_a_shell_takes_it() {
    assertThat(in(Path.of(".junction"))).contains("\n  . .junction/dev.env\n");
    assertThat(in(Path.of(""))).contains("\n  . ./dev.env\n");
    assertThat(in(Path.of("/tmp/it's mine"))).contains("\n  . '/tmp/it'\\''s mine/dev.env'\n");
  }

  private static String in(Path folder) {
    var data = new DataFolder(folder.toAbsolutePath().normalize());
    return new Welcome(ENV, data, Optional.empty()).text();
  }
}
