package io.junction.dispatcher.reap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuietTest {

  private final Quiet quiet = new Quiet();

  @Test
  void five_looks_at_nothing_make_it_quiet_and_one_assignment_ends_that() {
    for (int i = 0; i < 4; i++) {
      assertThat(quiet.after(false)).isFalse();
    }
    assertThat(quiet.after(false)).isTrue();
    assertThat(quiet.after(false)).isTrue();
    assertThat(quiet.after(true)).isFalse();
    assertThat(quiet.after(false)).isFalse();
  }

  @Test
  void a_hint_ends_it_once() {
    assertThat(quiet.end()).isFalse();
    for (int i = 0; i < 9; i++) {
      quiet.after(false);
    }
    assertThat(quiet.end()).isTrue();
    assertThat(quiet.end()).isFalse();
  }
}
