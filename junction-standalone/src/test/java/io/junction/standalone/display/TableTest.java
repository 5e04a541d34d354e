package io.junction.standalone.display;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.standalone.console.TerminalSize;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TableTest {

  private static final TerminalSize LARGE = new TerminalSize(120, 50);
  private static final Table TABLE = new Table(Map.of("deploy", 2), false);

  @Test
  void each_queue_has_its_counts_and_each_job_its_line() {
    var lines =
        TABLE.lines(
            List.of(
                row(1, "build", "passed", 1, "hello"),
                row(2, "build", "queued", 1, ""),
                row(3, "deploy", "started", 2, "")),
            LARGE);

    assertThat(lines)
        .containsExactly(
            "",
            "  build                      1 queued   0 started   1 passed   0 failed   0 errored",
            "  deploy (capacity 2)        0 queued   1 started   0 passed   0 failed   0 errored",
            "",
            "  job  queue        name           state     try  worker        time  said",
            "    1  build        job-1          passed      1  w-1          1.5 s  hello",
            "    2  build        job-2          queued      1  w-1          1.5 s",
            "    3  deploy       job-3          started     2  w-1          1.5 s");
  }

  @Test
  void a_job_that_waits_says_for_what() {
    var waiting = new JobRow(7, "build", "lint", "created", 1, "", null, "");

    assertThat(TABLE.lines(List.of(waiting.saying("waits: acme runs 2 of 2")), LARGE))
        .contains(
            "  build                      0 queued   0 started   0 passed   0 failed   0 errored"
                + "   1 created",
            "    7  build        lint           created     1                      "
                + "waits: acme runs 2 of 2");
  }

  @Test
  void no_line_is_wider_than_the_terminal() {
    var rows = List.of(row(1, "build", "passed", 1, "x".repeat(500)));

    for (int columns = 1; columns < 130; columns++) {
      int widest = columns;
      assertThat(TABLE.lines(rows, new TerminalSize(columns, 30)))
          .allMatch(line -> line.length() <= widest);
    }
  }

  @Test
  void colours_take_no_room() {
    var rows = List.of(row(1, "build", "passed", 1, "the word failed in what it said"));
    var plain = TABLE.lines(rows, LARGE);

    var painted = new Table(Map.of("deploy", 2), true).lines(rows, LARGE);

    assertThat(painted.getLast()).contains("\u001b[32mpassed\u001b[0m").doesNotContain("[33m");
    assertThat(painted.stream().map(line -> line.replaceAll("\u001b\\[\\d+m", "")))
        .containsExactlyElementsOf(plain);
  }

  @Test
  void on_a_low_terminal_what_runs_is_kept_and_the_rest_is_counted() {
    var rows =
        LongStream.rangeClosed(1, 24)
            .mapToObj(
                id -> row(id, "build", id < 20 ? "passed" : id < 22 ? "started" : "queued", 1, ""))
            .toList();

    for (int height = 1; height < 40; height++) {
      int most = Math.max(1, height - 1);
      assertThat(TABLE.lines(rows, new TerminalSize(120, height))).hasSizeLessThanOrEqualTo(most);
    }
    var lines = TABLE.lines(rows, new TerminalSize(120, 12));
    assertThat(String.join("\n", lines))
        .contains("job-20", "job-21", "job-22", "and 18 more")
        .doesNotContain("job-1 ");
  }

  static JobRow row(long id, String queue, String state, int attempt, String said) {
    var took = Duration.ofMillis(1_500);
    return new JobRow(id, queue, "job-" + id, state, attempt, "w-1", took, said);
  }
}
