package io.junction.common.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.testing.TidyRules;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class JobStateTest {

  private static final Pattern ROW = Pattern.compile("(?m)^\\| ([a-z]+) \\| ([a-z]+) \\|.*$");

  @Test
  void the_table_of_the_lifecycle_and_the_code_agree() throws IOException {
    var page = Files.readString(TidyRules.root().resolve("docs/lifecycle.md"));

    var table = page.substring(page.indexOf("| from |"), page.indexOf("## A restart"));
    var documented =
        ROW.matcher(table)
            .results()
            .filter(row -> !row.group(1).equals("from"))
            .map(row -> row.group(1) + " -> " + row.group(2))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(documented).isEqualTo(transitions());
  }

  @Test
  void what_is_final_is_left_by_a_restart_only() {
    for (var from : JobState.values()) {
      for (var to : JobState.values()) {
        if (from.isFinal() && from.mayBecome(to)) {
          assertThat(to).isEqualTo(JobState.CREATED);
        }
      }
    }
  }

  private static Set<String> transitions() {
    return Arrays.stream(JobState.values())
        .flatMap(
            from ->
                Arrays.stream(JobState.values())
                    .filter(from::mayBecome)
                    .map(to -> from.text() + " -> " + to.text()))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
