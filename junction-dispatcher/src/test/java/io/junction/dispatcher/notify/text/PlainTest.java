package io.junction.dispatcher.notify.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlainTest {

  @Test
  void one_line_has_no_other_line_in_it() {
    assertThat(Plain.oneLine(" a\r\nb\u0000\u0001c\u0085d\u2028e\u2029f\u202eg\u2066h\t "))
        .isEqualTo("a b c d e f g h");
    assertThat(Plain.oneLine("grüße 👩‍🚀")).isEqualTo("grüße 👩‍🚀");
  }

  @Test
  void lines_stay_lines() {
    assertThat(Plain.lines("a\r\nb\u0007\n\nc\td\u202e")).isEqualTo("a\nb \n\nc\td");
    assertThat(Plain.firstLine("\n\nfirst\rsecond")).isEqualTo("first");
    assertThat(Plain.firstLine("  ")).isEmpty();
  }

  @Test
  void what_is_cut_ends_with_a_whole_character() {
    assertThat(Plain.cut("abc", 3)).isEqualTo("abc");
    assertThat(Plain.cut("abcd", 3)).isEqualTo("ab…");
    assertThat(Plain.cut("a👍bcd", 3)).isEqualTo("a…");
    assertThat(Plain.cutBytes("aöb", 2)).isEqualTo("a");
    assertThat(Plain.cutBytes("aöb", 3)).isEqualTo("aö");
    assertThat(Plain.cutBytes("aöb", 4)).isEqualTo("aöb");
  }

  @Test
  void of_any_text_so_many_bytes_are_left_and_no_broken_one() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      var text = new StringBuilder();
      random
          .ints(random.nextInt(60), 1, 0x1f900)
          .filter(Character::isDefined)
          .filter(point -> point < 0xd800 || point > 0xdfff)
          .forEach(text::appendCodePoint);
      int most = 2 + random.nextInt(40);
      var cut = Plain.cutBytes(text.toString(), most);
      assertThat(cut.getBytes(StandardCharsets.UTF_8))
          .as("seed %d", seed)
          .hasSizeLessThanOrEqualTo(most);
      assertThat(text.toString()).as("seed %d", seed).startsWith(cut);
      assertThat(Plain.cut(text.toString(), most))
          .as("seed %d", seed)
          .hasSizeLessThanOrEqualTo(most);
    }
  }
}
