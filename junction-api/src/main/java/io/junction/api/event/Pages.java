package io.junction.api.event;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * What follows a position. Streams that are at the same one share the page: it is read and written
 * down once.
 *
 * <p>Concurrency: two are read at a time, so that streams which catch up leave the database's
 * connections to heartbeats.
 */
@Component
class Pages implements AutoCloseable {

  static final int MOST_EVENTS = 250;

  private static final int READERS = 2;
  private static final int REMEMBERED = 16;
  private static final Duration FOR = Duration.ofSeconds(2);

  private final EventStatements statements;
  private final JsonMapper json;
  private final ExecutorService readers =
      Executors.newFixedThreadPool(
          READERS, Thread.ofPlatform().daemon().name("event-pages-", 0).factory());
  private final AsyncCache<Way, Page> pages =
      Caffeine.newBuilder()
          .maximumSize(REMEMBERED)
          .expireAfterWrite(FOR)
          .executor(readers)
          .buildAsync();

  Pages(EventStatements statements, JsonMapper json) {
    this.statements = statements;
    this.json = json;
  }

  private record Way(Position from, Position goal) {}

  /** The next page on the way to the head; its end is the head, or somewhere before it. */
  Page after(Position from, Position head) {
    var goal = from.goal(head);
    if (from.id() >= goal.id() && from.lateOnTheWayTo(goal).isEmpty()) {
      return new Page(List.of(), goal);
    }
    try {
      return pages.get(new Way(from, goal), this::read).join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
    }
  }

  private Page read(Way way) {
    var events = statements.page(way.from(), way.goal(), MOST_EVENTS);
    var told = events.stream().map(event -> new Page.Told(event, blockOf(event, way))).toList();
    return new Page(told, endOf(way.from(), way.goal(), events, MOST_EVENTS));
  }

  /** A page that is full may have been cut, so it ends behind its last event. */
  static Position endOf(Position from, Position goal, List<EventResponse> events, int limit) {
    return events.size() == limit ? from.behind(events.getLast().id(), goal) : goal;
  }

  private String blockOf(EventResponse event, Way way) {
    var cursor = EventCursor.textOf(way.from().behind(event.id(), way.goal()));
    return "id: %s\nevent: %s\ndata: %s\n\n"
        .formatted(cursor, event.kind(), json.writeValueAsString(event));
  }

  @Override
  public void close() {
    readers.shutdown();
  }
}
