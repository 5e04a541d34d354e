package io.junction.api.event;

import io.junction.api.problem.Constraints;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client's stream: from its position to the head, a page at a time, again and again. */
final class EventStream {

  private static final Logger log = LoggerFactory.getLogger(EventStream.class);
  private static final long RETRY_NANOS = Duration.ofSeconds(1).toNanos();

  private final Heads heads;
  private final Pages pages;
  private final EventFilter filter;
  private final Listener listener;
  private final long heartbeatNanos;
  private Position position;
  private boolean failing;
  private long spokenAt = System.nanoTime();

  EventStream(
      Heads heads,
      Pages pages,
      EventFilter filter,
      Listener listener,
      Position position,
      Duration heartbeat) {
    this.heads = heads;
    this.pages = pages;
    this.filter = filter;
    this.listener = listener;
    this.position = position;
    this.heartbeatNanos = heartbeat.toNanos();
  }

  /** Goes on until this copy stops, or the client has gone or does not read. */
  void run() throws IOException, InterruptedException {
    var head = heads.awaitOtherThan(position, untilHeartbeat());
    while (head != null) {
      if (!position.equals(head)) {
        readOn(head);
      }
      if (untilHeartbeat() <= 0) {
        listener.beat(position);
        spokenAt = System.nanoTime();
      }
      head = heads.awaitOtherThan(head, patience(head));
    }
  }

  /** How long to wait for another head: not at all, while there is something to read. */
  private long patience(Position head) {
    if (position.equals(head)) {
      return untilHeartbeat();
    }
    return failing ? Math.min(RETRY_NANOS, untilHeartbeat()) : 0;
  }

  private long untilHeartbeat() {
    return heartbeatNanos - (System.nanoTime() - spokenAt);
  }

  private void readOn(Position head) throws IOException {
    Page page;
    try {
      page = pages.after(position, head);
      failing = false;
    } catch (RuntimeException e) {
      if (!Constraints.isOutage(e)) {
        throw e;
      }
      log.debug("events cannot be read for the moment", e);
      failing = true;
      return;
    }
    var blocks =
        page.events().stream()
            .filter(told -> filter.matches(told.event()))
            .map(Page.Told::block)
            .collect(Collectors.joining());
    if (!blocks.isEmpty()) {
      listener.tell(blocks);
      spokenAt = System.nanoTime();
    }
    position = page.end();
  }
}
