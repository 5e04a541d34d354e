package io.junction.dispatcher.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FullQueuesTest {

  private final FullQueues queues = new FullQueues();

  @Test
  void a_slot_is_news_only_where_jobs_wait() {
    queues.begin();
    queues.end(List.of("a", "b"), List.of("a"));

    assertThat(queues.freed("a")).isTrue();
    assertThat(queues.freed("b")).isFalse();
    assertThat(queues.freed("never-seen")).isFalse();
  }

  @Test
  void a_slot_that_becomes_free_while_a_round_runs_is_not_forgotten() {
    queues.begin();
    assertThat(queues.freed("a")).isFalse();

    assertThat(queues.end(List.of("a", "b"), List.of("a", "b"))).containsExactly("a");
  }

  @Test
  void a_slot_that_became_free_before_a_round_was_seen_by_it() {
    assertThat(queues.freed("a")).isFalse();
    queues.begin();

    assertThat(queues.end(List.of("a"), List.of("a"))).isEmpty();
  }

  @Test
  void the_last_round_decides() {
    queues.begin();
    queues.end(List.of("a"), List.of("a"));
    queues.begin();
    queues.end(List.of("a"), List.of());

    assertThat(queues.freed("a")).isFalse();
  }
}
