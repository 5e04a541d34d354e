package io.junction.api.event;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A {@link Position} as text that a client keeps and gives back: base64url of a version and
 * numbers, mostly some twenty characters. What comes back is not trusted: it is a position with all
 * that a position must have, or nothing.
 */
final class EventCursor {

  private static final int VERSION = 1;
  private static final int MOST_CHARACTERS = 8_192;

  private EventCursor() {}

  static String textOf(Position position) {
    var bytes = new ByteArrayOutputStream();
    bytes.write(VERSION);
    write(position.id(), bytes);
    write(position.snapshot().next(), bytes);
    writeBelow(position.snapshot().next(), position.snapshot().open(), bytes);
    if (!position.late().isEmpty()) {
      write(position.lateUpTo(), bytes);
      writeBelow(position.snapshot().next(), position.late(), bytes);
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
  }

  /** Empty when it is no cursor. */
  static Optional<Position> parse(String text) {
    if (text.length() > MOST_CHARACTERS) {
      return Optional.empty();
    }
    try {
      var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
      if (bytes.get() != VERSION) {
        return Optional.empty();
      }
      var position = read(bytes);
      // There is one text for each position: no padding, no longer form of a number.
      return textOf(position).equals(text) ? Optional.of(position) : Optional.empty();
    } catch (IllegalArgumentException | BufferUnderflowException unreadable) {
      return Optional.empty();
    }
  }

  private static Position read(ByteBuffer bytes) {
    long id = readNumber(bytes);
    long next = readNumber(bytes);
    var snapshot = new Snapshot(next, readBelow(next, bytes));
    if (!bytes.hasRemaining()) {
      return new Position(id, snapshot);
    }
    long lateUpTo = readNumber(bytes);
    return new Position(id, snapshot, readBelow(next, bytes), lateUpTo);
  }

  /** How many, then each as its distance from the one above. */
  private static void writeBelow(long above, List<Long> rising, ByteArrayOutputStream bytes) {
    write(rising.size(), bytes);
    long last = above;
    for (long number : rising.reversed()) {
      write(last - number, bytes);
      last = number;
    }
  }

  private static List<Long> readBelow(long above, ByteBuffer bytes) {
    long count = readNumber(bytes);
    if (count > Snapshot.MOST_OPEN) {
      throw new IllegalArgumentException("a list has at most " + Snapshot.MOST_OPEN);
    }
    var falling = new ArrayList<Long>();
    long last = above;
    for (int i = 0; i < count; i++) {
      last -= readNumber(bytes);
      falling.add(last);
    }
    Collections.reverse(falling);
    return falling;
  }

  /** Seven bits a byte, the lowest first; the eighth says that more follow. */
  private static void write(long number, ByteArrayOutputStream bytes) {
    long rest = number;
    while (rest > 0x7f) {
      bytes.write((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    bytes.write((int) rest);
  }

  private static long readNumber(ByteBuffer bytes) {
    long number = 0;
    for (int shift = 0; shift < 63; shift += 7) {
      int b = bytes.get();
      number |= (b & 0x7fL) << shift;
      if (b >= 0) {
        return number;
      }
    }
    throw new IllegalArgumentException("a number has at most 63 bits");
  }
}
