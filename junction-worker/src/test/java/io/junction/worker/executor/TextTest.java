package io.junction.worker.executor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class TextTest {
  @Test
  void nul_and_halves_of_pairs_are_replaced() {
    assertThat(Text.clean("a\0b\uD800c\uDC00")).isEqualTo("a\uFFFDb\uFFFDc\uFFFD");
    assertThat(Text.clean("\uD83D\uDE00")).isEqualTo("\uD83D\uDE00");
    assertThat(Text.decode(new byte[] {'a', (byte) 0xFF, 0, 'b'})).isEqualTo("a\uFFFD\uFFFDb");
  }

  @Test
  void a_reason_has_at_most_1000_characters() {
    assertThat(Text.reason("x".repeat(5_000))).hasSize(1_000).endsWith("…");
    assertThat(Text.reason("\uD83D\uDE00".repeat(900)))
        .hasSizeLessThanOrEqualTo(1_000)
        .doesNotContain("\uD83D…");
  }

  @Test
  void what_fits_fits_as_json_whatever_it_is() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      var text = new StringBuilder();
      random.ints(random.nextInt(300), 0, 0x11000).forEach(text::appendCodePoint);
      String clean = Text.clean(text.toString());
      int room = random.nextInt(400);
      for (String kept :
          new String[] {Text.lastThatFits(clean, room), Text.firstThatFits(clean, room)}) {
        int quoted =
            new JsonMapper().writeValueAsString(kept).getBytes(StandardCharsets.UTF_8).length;
        assertThat(quoted - 2).as("seed %d", seed).isLessThanOrEqualTo(room);
      }
      assertThat(clean)
          .endsWith(Text.lastThatFits(clean, room))
          .startsWith(Text.firstThatFits(clean, room));
    }
  }
}
