package io.junction.common.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class QueueNameTest {

  @Test
  void names_like_those_of_travis_pass() {
    for (var name : List.of("builds.linux", "a", "A-b_c.9", "q".repeat(127))) {
      assertThat(new QueueName(name).value()).isEqualTo(name);
    }
  }

  @Test
  void anything_else_is_refused_with_the_rule() {
    for (var name : List.of("", " ", "a b", "a/b", "ä", "a\n", "q".repeat(128))) {
      assertThatThrownBy(() -> new QueueName(name)).hasMessageContaining(QueueName.PATTERN);
    }
  }
}
