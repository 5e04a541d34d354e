package io.junction.api.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventCursorTest {

  private static final Snapshot QUIET = new Snapshot(1_000, List.of());

  @Test
  void what_was_written_is_read_again() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int i = 0; i < 5_000; i++) {
      var position = position(random);
      assertThat(EventCursor.parse(EventCursor.textOf(position)))
          .as("seed %d, round %d", seed, i)
          .hasValue(position);
    }
  }

  @Test
  void it_is_short_and_fits_into_an_address() {
    var ordinary = new Position(12_345_678, new Snapshot(98_765_432, List.of(98_765_420L)));
    assertThat(EventCursor.textOf(ordinary)).hasSizeLessThan(20).matches("[A-Za-z0-9_-]+");
    var open = LongStream.range(0, 250).mapToObj(n -> 1_000_000 + n * 1_000).toList();
    var snapshot = new Snapshot(2_000_000, open);
    var worst = new Position(Long.MAX_VALUE, snapshot, open, Long.MAX_VALUE);
    assertThat(EventCursor.textOf(worst)).hasSizeLessThan(1_500);
  }

  @Test
  void a_part_of_one_is_none() {
    var position = new Position(300, new Snapshot(1_000, List.of(5L, 900L)), List.of(7L), 200);
    var text = EventCursor.textOf(position);
    var other = EventCursor.textOf(new Position(300, position.snapshot()));
    for (int end = 0; end < text.length(); end++) {
      var part = text.substring(0, end);
      assertThat(EventCursor.parse(part).filter(read -> !part.equals(other))).as(part).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "0",
        "17",
        "null",
        "AQ",
        "AQ==",
        "not a cursor",
        "☃",
        "1:1:",
        "'; DROP TABLE jobs"
      })
  void what_is_none_is_not_read(String text) {
    assertThat(EventCursor.parse(text)).isEmpty();
  }

  @Test
  void a_text_that_is_another_form_of_a_position_is_none() {
    var text = EventCursor.textOf(new Position(5, QUIET));
    assertThat(EventCursor.parse(text)).isPresent();
    assertThat(EventCursor.parse(text + "=")).isEmpty();
    assertThat(EventCursor.parse(text + "AAAA")).isEmpty();
    assertThat(EventCursor.parse("A".repeat(10_000))).isEmpty();
    assertThat(parse(2, 5, 100, 0)).isEmpty(); // a version of the future
    assertThat(parse(1, 5, 100, 0)).isPresent();
    assertThat(parse(1, 0x85, 0, 100, 0)).isEmpty(); // 5 in two bytes
  }

  @Test
  void a_position_that_cannot_be_is_none() {
    assertThat(parse(1, 5, 0, 0)).isEmpty(); // no transaction has the number 0
    assertThat(parse(1, 5, 100, 1, 0)).isEmpty(); // open at next
    assertThat(parse(1, 5, 100, 1, 100)).isEmpty(); // open at 0
    assertThat(parse(1, 5, 100, 1, 101)).isEmpty(); // open below 0
    assertThat(parse(1, 5, 100, 2, 1, 0)).isEmpty(); // open twice
    assertThat(parse(1, 5, 100, 0, 6, 1, 1)).isEmpty(); // late behind the id
    assertThat(parse(1, 5, 100, 0, 3, 0)).isEmpty(); // on the way through nobody
    assertThat(parse(1, 5, 100, 0xff, 0x7f)).isEmpty(); // more are open than there may be
    assertThat(parse(1, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1, 100, 0)).isEmpty();
  }

  private static java.util.Optional<Position> parse(int... bytes) {
    var array = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      array[i] = (byte) bytes[i];
    }
    return EventCursor.parse(Base64.getUrlEncoder().withoutPadding().encodeToString(array));
  }

  private static Position position(Random random) {
    long next = 1 + (random.nextLong() >>> random.nextInt(1, 63));
    var snapshot = new Snapshot(next, below(next, random));
    var late = below(next, random);
    long id = random.nextLong() >>> random.nextInt(1, 63);
    return late.isEmpty()
        ? new Position(id, snapshot)
        : new Position(id, snapshot, late, id == 0 ? 0 : random.nextLong(id));
  }

  private static List<Long> below(long next, Random random) {
    var numbers = new TreeSet<Long>();
    int count = random.nextInt(5) == 0 ? 250 : random.nextInt(4);
    for (int i = 0; i < count && next > 1; i++) {
      numbers.add(random.nextLong(1, next));
    }
    return new ArrayList<>(numbers);
  }
}
