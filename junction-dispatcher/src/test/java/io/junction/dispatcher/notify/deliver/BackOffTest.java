package io.junction.dispatcher.notify.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackOffTest {

  @Test
  void it_doubles_from_five_seconds_to_an_hour_and_half_of_it_is_chance() {
    long longest = 5_000;
    for (int attempt = 1; attempt <= 100; attempt++) {
      for (int sample = 0; sample < 100; sample++) {
        assertThat(BackOff.after(attempt, null).toMillis()).isBetween(longest / 2, longest);
      }
      longest = Math.min(3_600_000, longest * 2);
    }
  }

  @Test
  void a_target_is_not_asked_sooner_than_it_says_within_a_day() {
    assertThat(BackOff.after(1, Duration.ofMinutes(7))).isEqualTo(Duration.ofMinutes(7));
    assertThat(BackOff.after(1, Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(Duration.ofDays(1));
    assertThat(BackOff.after(1, Duration.ofSeconds(-3)).toMillis()).isBetween(2_500L, 5_000L);
  }
}
