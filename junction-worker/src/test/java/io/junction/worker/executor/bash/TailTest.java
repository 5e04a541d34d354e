package io.junction.worker.executor.bash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TailTest {
  @Test
  void keeps_the_last_bytes_however_they_come() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      int limit = random.nextInt(40);
      var tail = new Tail(limit);
      var all = new StringBuilder();
      for (int pieces = random.nextInt(6); pieces > 0; pieces--) {
        String piece =
            random
                .ints(random.nextInt(60), 'a', 'z')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        all.append(piece);
        tail.add(piece.getBytes(StandardCharsets.UTF_8), piece.length());
      }
      String expected = all.substring(Math.max(0, all.length() - limit));
      assertThat(new String(tail.bytes(), StandardCharsets.UTF_8))
          .as("seed %d", seed)
          .isEqualTo(expected);
      assertThat(tail.truncated()).isEqualTo(all.length() > limit);
    }
  }

  @Test
  void begins_with_a_whole_character() {
    var tail = new Tail(4);
    byte[] euros = "€€".getBytes(StandardCharsets.UTF_8);
    tail.add(euros, euros.length);
    assertThat(new String(tail.bytes(), StandardCharsets.UTF_8)).isEqualTo("€");
  }
}
