package io.junction.dispatcher.notify.irc;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.dispatcher.notify.text.Samples;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class IrcLinesTest {

  @Test
  void the_usual_lines_are_hubs_and_have_no_holes() {
    assertThat(IrcLines.of(Samples.passed(), List.of()))
        .containsExactly(
            "svenfuchs/minimal#12 (main - 62aae5f : svenfuchs): The build passed.",
            "Build details : https://ci.example.org/builds/42");
    assertThat(IrcLines.of(Samples.bare(), List.of()))
        .containsExactly("#42: The build has errored.");
  }

  @Test
  void lines_are_few_short_and_nothing_but_text() {
    var hostile = Samples.saying("\u0001ACTION\u0001 \u0003" + "ö".repeat(400));
    var lines = IrcLines.of(hostile, Collections.nCopies(20, "%{branch}\r\nQUIT"));
    assertThat(lines)
        .hasSize(10)
        .allSatisfy(
            line -> {
              assertThat(line.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(400);
              assertThat(line).startsWith("ACTION").matches("[^\\p{Cc}]*");
            });
  }
}
