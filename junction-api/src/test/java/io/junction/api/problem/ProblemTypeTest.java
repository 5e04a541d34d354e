package io.junction.api.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.testing.TidyRules;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** docs/protocol.md lists every problem with its status. */
class ProblemTypeTest {

  @Test
  void each_problem_is_documented_with_its_status() throws IOException {
    var page = Files.readString(TidyRules.root().resolve("docs/protocol.md"));

    for (var type : ProblemType.values()) {
      var name = type.uri().toString().replace("urn:junction:problem:", "");
      assertThat(page).contains("| `" + name + "` | " + type.status().value() + " |");
    }
  }
}
