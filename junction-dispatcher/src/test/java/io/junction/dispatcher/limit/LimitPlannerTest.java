package io.junction.dispatcher.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LimitPlannerTest {

  @Test
  void whatever_is_not_held_may_be_queued_in_its_order() {
    var jobs =
        List.of(
            new CreatedJob(3, null, false),
            new CreatedJob(4, "acme", true),
            new CreatedJob(5, "acme", false));
    assertThat(LimitPlanner.plan(jobs)).containsExactly(3L, 5L);
  }
}
