package io.junction.dispatcher.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.common.limit.OwnerStanding;
import org.junit.jupiter.api.Test;

class OwnerLogTest {

  @Test
  void a_line_says_how_an_owner_stood_before_the_round_and_what_was_let_in() {
    var after = new OwnerStanding("one-org", 0, 13, 20, null);
    assertThat(OwnerLog.line(after, 5))
        .isEqualTo("one-org: total: 5, running: 8, max: 20, queueable: 5");
  }

  @Test
  void what_ended_since_is_not_counted_twice_and_more_than_are_counted_are_said_to_be_more() {
    var after = new OwnerStanding("one-org", OwnerLog.MOST_ASKING, 1, -1, null);
    assertThat(OwnerLog.line(after, 3))
        .isEqualTo("one-org: total: 203+, running: 0, max: -1, queueable: 3");
  }
}
