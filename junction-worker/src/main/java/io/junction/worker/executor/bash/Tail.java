package io.junction.worker.executor.bash;

import java.util.Arrays;

/**
 * The last bytes of a stream, however long the stream is. Concurrency: one writes, another may read
 * meanwhile.
 */
final class Tail {
  private final byte[] ring;
  private long seen;

  Tail(int limit) {
    this.ring = new byte[limit];
  }

  synchronized void add(byte[] bytes, int length) {
    int from = Math.max(0, length - ring.length);
    for (int i = from; i < length; ) {
      int at = (int) ((seen + i) % ring.length);
      int run = Math.min(length - i, ring.length - at);
      System.arraycopy(bytes, i, ring, at, run);
      i += run;
    }
    seen += length;
  }

  /** Whether something has been dropped. */
  synchronized boolean truncated() {
    return seen > ring.length;
  }

  /** What is left, beginning with a whole character when the stream is UTF-8. */
  synchronized byte[] bytes() {
    if (!truncated()) {
      return Arrays.copyOf(ring, (int) seen);
    }
    var bytes = new byte[ring.length];
    int at = ring.length == 0 ? 0 : (int) (seen % ring.length);
    System.arraycopy(ring, at, bytes, 0, ring.length - at);
    System.arraycopy(ring, 0, bytes, ring.length - at, at);
    int start = 0;
    while (start < Math.min(3, bytes.length) && (bytes[start] & 0xC0) == 0x80) {
      start++;
    }
    return Arrays.copyOfRange(bytes, start, bytes.length);
  }
}
