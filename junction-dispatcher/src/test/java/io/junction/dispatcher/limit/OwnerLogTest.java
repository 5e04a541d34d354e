package io.junction.dispatcher.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.common.limit.Capacity;
import org.junit.jupiter.api.Test;

class OwnerLogTest {

  @Test
  void a_line_says_how_an_owner_stood_before_the_round_and_what_was_let_in() {
    var account = new Capacity(0, 0, 15, 5).account("one-org", 8, 0);
    assertThat(OwnerLog.line("one-org", 0, account, 5))
        .isEqualTo("one-org: total: 5, running: 8, max: 20, queueable: 5");
  }

  @Test
  void more_than_are_counted_are_said_to_be_more() {
    var account = new Capacity(0, 0, 20, 0).account("one-org", 17, 0);
    assertThat(OwnerLog.line("one-org", OwnerLog.MOST_ASKING, account, 3))
        .isEqualTo("one-org: total: 203+, running: 17, max: 20, queueable: 3");
  }
}
