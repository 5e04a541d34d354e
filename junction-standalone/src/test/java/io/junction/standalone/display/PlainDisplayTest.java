package io.junction.standalone.display;

import static io.junction.standalone.display.TableTest.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.junction.standalone.console.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlainDisplayTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @Test
  void why_a_job_waits_is_told_when_it_is_known() {
    var out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    var row = new JobRow(1, "build", "lint", "created", 1, "", null, "");
    try (var display = Display.on(new Console(out, out, false, false), Map.of())) {
      display.show(List.of(row));
      display.show(List.of(row.saying("waits: acme runs 2 of 2")));
      display.show(List.of(row.saying("waits: acme runs 2 of 2")));
    }

    assertThat(bytes.toString(StandardCharsets.UTF_8).lines().map(line -> line.substring(9)))
        .containsExactly(
            "job 1 (build, lint) created", "job 1 (build, lint) created: waits: acme runs 2 of 2");
  }

  @Test
  void a_job_is_told_once_for_each_of_its_states() {
    var out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    try (var display = Display.on(new Console(out, out, false, false), Map.of())) {
      display.show(List.of(row(1, "build", "started", 1, ""), row(2, "build", "queued", 1, "")));
      display.show(List.of(row(1, "build", "started", 1, ""), row(2, "build", "queued", 1, "")));
      display.show(List.of(row(1, "build", "passed", 1, "hi"), row(2, "build", "queued", 1, "")));
    }

    assertThat(bytes.toString(StandardCharsets.UTF_8).lines().map(line -> line.substring(9)))
        .containsExactly(
            "job 1 (build, job-1) started, on w-1",
            "job 2 (build, job-2) queued, on w-1",
            "job 1 (build, job-1) passed, on w-1, 1.5 s: hi");
  }
}
