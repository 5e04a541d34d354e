package io.junction.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JunctionWorkerTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--slots 0               | slots is 0 and must be from 1 to 10000",
        "--slots many            | 'many' is not an int",
        "--queue no/slash        | queue 'no/slash' must be 1 to 127 letters",
        "--url ftp://host        | url 'ftp://host' must be like http://host:port",
        "--url http://a,nonsense | url 'nonsense' must be like http://host:port",
        "--drain-timeout soon    | 'soon' is not a duration like 500ms, 90s, 5m or 1h",
        "--output-limit 99999    | output limit is 99999 and must be from 0 to 32768 bytes",
        "--attribute zone        | attribute 'zone' must be like key=value",
        "--nonsense              | Unknown option: '--nonsense'"
      })
  void a_wrong_option_is_named_in_plain_words_with_exit_code_2(String option, String words) {
    var arguments =
        new ArrayList<>(List.of("--url", "http://localhost:1", "--token", "t", "--queue", "q"));
    String name = option.strip().split(" ", -1)[0];
    int at = arguments.indexOf(name);
    if (at >= 0) {
      arguments.subList(at, at + 2).clear();
    }
    arguments.addAll(List.of(option.strip().split(" ", -1)));
    assertThat(run(Map.of(), arguments.toArray(String[]::new))).isEqualTo(2);
    assertThat(err.toString()).contains(words).doesNotContain("Exception").doesNotContain("\tat ");
  }

  @Test
  void everything_that_is_wrong_is_said_at_once() {
    assertThat(run(Map.of(), "--url", "x", "--token", "a b", "--queue", "/", "--slots", "-1"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("url 'x'", "token must", "queue '/'", "slots is -1");
  }

  @Test
  void a_missing_option_is_named() {
    assertThat(run(Map.of(), "--token", "t", "--queue", "q")).isEqualTo(2);
    assertThat(err.toString()).contains("--url");
  }

  @Test
  void help_names_each_option_and_its_variable() {
    assertThat(run(Map.of(), "--help")).isZero();
    assertThat(out.toString().replaceAll("\\s+", " "))
        .contains(
            "JUNCTION_URL", "JUNCTION_WORKER_TOKEN", "JUNCTION_QUEUE", "JUNCTION_WORKER_SLOTS")
        .contains(
            "JUNCTION_WORKER_NAME", "JUNCTION_WORKER_ATTRIBUTES", "JUNCTION_WORKER_DRAIN_TIMEOUT")
        .contains("JUNCTION_WORKER_WORK_DIR", "JUNCTION_WORKER_OUTPUT_LIMIT");
  }

  @Test
  void version_is_said() {
    assertThat(run(Map.of(), "--version")).isZero();
    assertThat(out.toString()).startsWith("junction-worker ");
  }

  @Test
  void attributes_come_from_the_environment_and_from_options() {
    var worker = new JunctionWorker(Map.of("JUNCTION_WORKER_ATTRIBUTES", "zone=a, rack=7"));
    JunctionWorker.commandLine(worker)
        .parseArgs(
            "--url",
            "http://a:1,https://b/x",
            "--token",
            "t",
            "--queue",
            "q",
            "--attribute",
            "zone=b=c",
            "--drain-timeout",
            "90s");
    assertThat(worker.options().attributes())
        .containsEntry("zone", "b=c")
        .containsEntry("rack", "7");
    assertThat(worker.options().urls()).hasSize(2);
    assertThat(worker.options().drainTimeout()).hasSeconds(90);
    assertThat(worker.options().slots()).isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(worker.options().toString()).doesNotContain("token");
  }

  private int run(Map<String, String> environment, String... arguments) {
    return JunctionWorker.commandLine(new JunctionWorker(environment))
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}
