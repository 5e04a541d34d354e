package io.junction.bench.load;

import java.nio.charset.StandardCharsets;

/** What the server said; the body is valid until the connection's next request. */
final class Answer {

  private final int status;
  private final byte[] buffer;
  private final int offset;
  private final int length;

  Answer(int status, byte[] buffer, int offset, int length) {
    this.status = status;
    this.buffer = buffer;
    this.offset = offset;
    this.length = length;
  }

  int status() {
    return status;
  }

  byte[] buffer() {
    return buffer;
  }

  int offset() {
    return offset;
  }

  int length() {
    return length;
  }

  String text() {
    return new String(buffer, offset, length, StandardCharsets.UTF_8);
  }
}
