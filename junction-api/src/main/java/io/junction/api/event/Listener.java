package io.junction.api.event;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.http.HttpHeaders;

/**
 * The client's end of a stream: what the format of server-sent events asks for.
 *
 * <p>Concurrency: one thread writes. Failure: a client that does not read makes a write last until
 * the connection's time-out, and then fail.
 */
final class Listener {

  /** When to come back, jittered: so that not all do at the same moment. */
  private static final int SHORTEST_RETRY_MS = 1_000;

  private static final int LONGEST_RETRY_MS = 3_000;

  private final HttpServletResponse response;

  Listener(HttpServletResponse response) {
    this.response = response;
  }

  /** Sends the headers and when to come back. */
  void greet() throws IOException {
    response.setContentType("text/event-stream;charset=UTF-8");
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    response.setHeader("X-Accel-Buffering", "no");
    int retry = ThreadLocalRandom.current().nextInt(SHORTEST_RETRY_MS, LONGEST_RETRY_MS);
    tell("retry: " + retry + "\n\n");
  }

  /** An id without data moves the client's cursor and is no event to it. */
  void beat(Position position) throws IOException {
    tell(": heartbeat\nid: " + EventCursor.textOf(position) + "\n\n");
  }

  void truncated(Position position) throws IOException {
    tell(
        """
        id: %s
        event: stream:truncated
        data: {"kind":"stream:truncated"}

        """
            .formatted(EventCursor.textOf(position)));
  }

  void tell(String blocks) throws IOException {
    ServletOutputStream out = response.getOutputStream();
    out.write(blocks.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
