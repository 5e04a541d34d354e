package io.junction.worker.executor.bash;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one output of a command to its end and keeps its tail.
 *
 * <p>It has a platform thread of its own: a read from a pipe would hold a virtual thread's carrier.
 * A process that has left the command's session may keep the pipe open after the end; it is waited
 * for only shortly, and the thread stays behind until that process ends.
 */
final class Capture {
  private static final int PIECE = 8_192;

  private static final Logger log = LoggerFactory.getLogger(Capture.class);

  private final CountDownLatch end = new CountDownLatch(1);
  private final Tail tail;
  private final String name;

  Capture(InputStream stream, int limit, String name) {
    this.tail = new Tail(limit);
    this.name = name;
    Thread.ofPlatform().daemon().name(name).start(() -> read(stream));
  }

  private void read(InputStream stream) {
    var piece = new byte[PIECE];
    try (stream) {
      for (int length = stream.read(piece); length >= 0; length = stream.read(piece)) {
        tail.add(piece, length);
      }
    } catch (IOException e) {
      // The pipe was closed under the reader: what was read is what there is.
    } finally {
      end.countDown();
    }
  }

  /** What the command has written, once nobody can write any more, or the patience is over. */
  Tail await(long patienceMs) throws InterruptedException {
    if (!end.await(patienceMs, TimeUnit.MILLISECONDS)) {
      log.info("A process that left its job's session keeps {} open; it is not waited for", name);
    }
    return tail;
  }
}
