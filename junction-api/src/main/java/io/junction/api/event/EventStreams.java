package io.junction.api.event;

import io.junction.api.problem.Refusal;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The streams of this copy, so many at a time at most.
 *
 * <p>Failure: whatever ends a stream, its place is free again; the client comes back with its
 * cursor.
 */
@Component
class EventStreams implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(EventStreams.class);

  private final Heads heads;
  private final Pages pages;
  private final EventStatements statements;
  private final EventProperties properties;
  private final Semaphore places;
  private volatile boolean running;

  EventStreams(
      Heads heads,
      Pages pages,
      EventStatements statements,
      EventProperties properties,
      MeterRegistry meters) {
    this.heads = heads;
    this.pages = pages;
    this.statements = statements;
    this.properties = properties;
    this.places = new Semaphore(properties.streams());
    Gauge.builder("junction.streams", () -> properties.streams() - places.availablePermits())
        .description("Event streams that are open")
        .register(meters);
  }

  /**
   * Turns a request into a stream.
   *
   * @param cursor where to go on; null begins now
   */
  void open(
      EventFilter filter,
      @Nullable Position cursor,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    if (!running) {
      throw Refusal.unavailable("Junction is stopping");
    }
    if (!places.tryAcquire()) {
      throw Refusal.unavailable(
          "this copy has " + properties.streams() + " streams, the most that it may; ask again");
    }
    heads.listen();
    boolean opened = false;
    try {
      start(filter, cursor, request, response);
      opened = true;
    } finally {
      if (!opened) {
        release();
      }
    }
  }

  private void start(
      EventFilter filter,
      @Nullable Position cursor,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    var now = heads.now();
    if (cursor != null && cursor.isAheadOf(now)) {
      throw Refusal.malformed(
          EventController.LAST_EVENT_ID, "is ahead of the events: it is of another database");
    }
    var position = cursor == null ? now : cursor;
    boolean whole = position.id() == now.id() || statements.keeps(position.id());
    var listener = new Listener(response);
    // The headers go out before another thread takes over: filters may still add some until then.
    listener.greet();
    if (!whole) {
      listener.truncated(position);
    }
    var stream = new EventStream(heads, pages, filter, listener, position, properties.heartbeat());
    var async = request.startAsync();
    async.setTimeout(0);
    var ending = new Ending();
    async.addListener(ending);
    Thread.ofVirtual().name("event-stream").start(() -> run(stream, async, ending));
  }

  // Errors too: there is nobody behind who would tell of them.
  @SuppressWarnings("CatchThrowable")
  private void run(EventStream stream, AsyncContext async, Ending ending) {
    boolean broken = false;
    try {
      stream.run();
    } catch (IOException gone) {
      broken = true;
      log.debug("a client left its stream, or did not read: {}", gone.getMessage());
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } catch (Throwable bug) {
      log.error("a stream of events ended in a bug", bug);
    } finally {
      release();
    }
    if (broken) {
      ending.left();
    } else {
      async.complete();
    }
  }

  private void release() {
    heads.leave();
    places.release();
  }

  @Override
  public void start() {
    running = true;
  }

  /** Before the web server waits for the requests that are under way. */
  @Override
  public void stop() {
    running = false;
    heads.stop();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return DEFAULT_PHASE;
  }
}
