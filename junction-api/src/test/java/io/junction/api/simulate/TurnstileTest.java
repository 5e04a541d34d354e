package io.junction.api.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.junction.api.problem.Refusal;
import org.junit.jupiter.api.Test;

class TurnstileTest {

  private final Turnstile turnstile = new Turnstile();

  @Test
  void who_comes_while_somebody_is_inside_is_refused() {
    var told =
        turnstile.pass(
            () -> {
              assertThatThrownBy(() -> turnstile.pass(() -> "second"))
                  .isInstanceOf(Refusal.class)
                  .hasMessageContaining("another simulation");
              return "first";
            });
    assertThat(told).isEqualTo("first");
  }

  @Test
  void who_fails_leaves_it_free() {
    assertThatThrownBy(
            () ->
                turnstile.pass(
                    () -> {
                      throw new IllegalStateException("a bug");
                    }))
        .hasMessage("a bug");
    assertThat(turnstile.<String>pass(() -> "next")).isEqualTo("next");
  }
}
