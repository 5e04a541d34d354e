package io.junction.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.bench.scenario.Scenarios;
import io.junction.bench.stage.Scenario;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The bench itself, by one short iteration of everything; what it measures is not looked at. */
class BenchSystemTest {

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @TempDir private Path folder;

  @Test
  void every_scenario_measures_something() throws Exception {
    int code = run("--brief", "--root", "..", "--data", folder.toString());

    assertThat(said()).doesNotContain("FAILED");
    assertThat(code).isZero();
    var report = JsonMapper.builder().build().readTree(Files.readString(json()));
    for (var scenario : Scenarios.all().stream().map(Scenario::name).toList()) {
      assertThat(report.get("results").findValuesAsString("name"))
          .as("results of %s", scenario)
          .anyMatch(name -> name.startsWith(scenario));
    }
    assertThat(report.get("results").findValues("figure"))
        .allSatisfy(figure -> assertThat(figure.doubleValue()).isFinite().isNotNegative());
  }

  @Test
  void an_unknown_scenario_is_refused_by_name() {
    assertThat(run("burn-up")).isEqualTo(2);
    assertThat(said()).contains("There is no scenario \"burn-up\"").contains("burn-down");
  }

  @Test
  void a_clone_that_was_not_built_is_refused_with_what_to_do() {
    assertThat(run("--brief", "--root", folder.toString(), "--data", folder.toString()))
        .isEqualTo(1);
    assertThat(said()).contains("Build it first");
  }

  private int run(String... arguments) {
    var out = new PrintStream(said, true, StandardCharsets.UTF_8);
    return Bench.run(out, out, arguments);
  }

  private String said() {
    return said.toString(StandardCharsets.UTF_8);
  }

  private Path json() {
    return folder.resolve("brief.json");
  }
}
