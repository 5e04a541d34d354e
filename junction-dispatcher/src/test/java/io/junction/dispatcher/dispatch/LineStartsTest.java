package io.junction.dispatcher.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineStartsTest {

  private Instant now = Instant.parse("2026-11-21T12:00:00Z");
  private final LineStarts starts = new LineStarts(() -> now);
  private final LineStart seen = new LineStart("a", -5, "2026-11-21 11:00:00+00", 7, "10:20:12");

  @Test
  void what_was_seen_is_remembered_for_its_queue() {
    assertThat(starts.of(List.of("a"))).containsExactly(LineStart.unknown("a"));
    starts.keep(List.of(seen));
    assertThat(starts.of(List.of("b", "a"))).containsExactly(LineStart.unknown("b"), seen);
  }

  @Test
  void not_beyond_a_minute_however_often_it_is_renewed() {
    starts.of(List.of("a"));
    for (int second = 0; second < 59; second++) {
      now = now.plusSeconds(1);
      starts.keep(List.of(seen));
      assertThat(starts.of(List.of("a"))).containsExactly(seen);
    }
    now = now.plus(Duration.ofSeconds(1));
    assertThat(starts.of(List.of("a"))).containsExactly(LineStart.unknown("a"));
  }

  @Test
  void not_beyond_a_failure() {
    starts.keep(List.of(seen));
    starts.of(List.of("a"));
    starts.keep(List.of(seen));
    starts.forget();
    assertThat(starts.of(List.of("a"))).containsExactly(LineStart.unknown("a"));
  }
}
