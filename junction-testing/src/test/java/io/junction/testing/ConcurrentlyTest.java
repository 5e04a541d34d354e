package io.junction.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;

class ConcurrentlyTest {

  @Test
  void all_tasks_are_under_way_together() {
    var allThere = new CyclicBarrier(3);
    assertThat(Concurrently.run(3, allThere::await)).containsExactlyInAnyOrder(0, 1, 2);
  }

  @Test
  void results_are_in_the_order_of_the_tasks() {
    assertThat(Concurrently.run(() -> "a", () -> "b", () -> "c")).containsExactly("a", "b", "c");
  }

  @Test
  void the_first_exception_is_thrown_and_carries_the_others() {
    var first = new IllegalStateException("first");
    var second = new IllegalStateException("second");
    assertThatThrownBy(
            () ->
                Concurrently.<Object>run(
                    () -> {
                      throw first;
                    },
                    () -> {
                      throw second;
                    }))
        .isSameAs(first)
        .hasSuppressedException(second);
  }

  @Test
  void a_checked_exception_is_the_cause() {
    assertThatThrownBy(
            () ->
                Concurrently.<Object>run(
                    () -> {
                      throw new IOException("no disk");
                    }))
        .hasMessageContaining("no disk")
        .hasCauseInstanceOf(IOException.class);
  }
}
