package io.junction.dispatcher.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class QuietTest {

  private final Quiet quiet = new Quiet(Duration.ofSeconds(2), Quiet.LONGEST);

  @Test
  void after_three_idle_polls_one_in_ten_seconds_is_left() {
    for (int poll = 0; poll < 3; poll++) {
      assertThat(quiet.skipsPoll(true)).isFalse();
      quiet.after(true);
    }
    for (int cycle = 0; cycle < 3; cycle++) {
      for (int poll = 0; poll < 4; poll++) {
        assertThat(quiet.skipsPoll(true)).isTrue();
      }
      assertThat(quiet.skipsPoll(true)).isFalse();
      quiet.after(true);
    }
  }

  @Test
  void no_poll_is_skipped_while_hints_are_not_heard() {
    silence();
    assertThat(quiet.skipsPoll(true)).isTrue();
    assertThat(quiet.skipsPoll(false)).isFalse();
    assertThat(quiet.skipsPoll(true)).isTrue();
  }

  @Test
  void a_hint_ends_it_in_the_middle() {
    silence();
    assertThat(quiet.skipsPoll(true)).isTrue();
    quiet.end();
    for (int poll = 0; poll < 3; poll++) {
      assertThat(quiet.skipsPoll(true)).isFalse();
      quiet.after(true);
    }
    assertThat(quiet.skipsPoll(true)).isTrue();
  }

  @Test
  void found_work_ends_it() {
    silence();
    quiet.after(false);
    quiet.after(true);
    quiet.after(true);
    assertThat(quiet.skipsPoll(true)).isFalse();
    quiet.after(true);
    assertThat(quiet.skipsPoll(true)).isTrue();
  }

  @Test
  void an_interval_of_ten_seconds_or_more_is_kept() {
    for (var interval : new Duration[] {Quiet.LONGEST, Duration.ofMinutes(1)}) {
      var rare = new Quiet(interval, Quiet.LONGEST);
      for (int poll = 0; poll < 9; poll++) {
        assertThat(rare.skipsPoll(true)).isFalse();
        rare.after(true);
      }
    }
  }

  private void silence() {
    for (int poll = 0; poll < 3; poll++) {
      quiet.after(true);
    }
  }
}
