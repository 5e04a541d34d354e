package io.junction.api.event;

import io.junction.api.problem.Refusal;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/events}. */
@RestController
@Tag(name = "events")
class EventController {

  static final String LAST_EVENT_ID = "last_event_id";

  private static final String KIND = "kind";
  private static final Set<String> PARAMETERS =
      Set.of("build", "job", "queue", "owner", "repository", KIND, LAST_EVENT_ID);

  private final EventStreams streams;

  EventController(EventStreams streams) {
    this.streams = streams;
  }

  @Operation(summary = "Follow the events, from now on or from behind a cursor")
  @ApiResponse(
      responseCode = "200",
      description = "Server-sent events, until one side ends them; see docs/events.md",
      content =
          @Content(
              mediaType = "text/event-stream",
              schema = @Schema(implementation = EventResponse.class)))
  @GetMapping("/v1/events")
  void stream(
      @RequestParam(required = false) @Nullable Long build,
      @RequestParam(required = false) @Nullable Long job,
      @RequestParam(required = false) @Nullable String queue,
      @RequestParam(required = false) @Nullable String owner,
      @RequestParam(required = false) @Nullable String repository,
      @Parameter(description = "as build:finished or job:*; several, or several with commas")
          @RequestParam(defaultValue = "")
          List<String> kind,
      @RequestParam(name = LAST_EVENT_ID, required = false) @Nullable String after,
      @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
      @Parameter(hidden = true) HttpServletRequest request,
      @Parameter(hidden = true) HttpServletResponse response)
      throws IOException {
    check(request);
    var filter = EventFilter.of(build, job, queue, owner, repository, kind);
    // A client that comes back says so in the header; the parameter in its address is older.
    var cursor = lastEventId == null || lastEventId.isEmpty() ? after : lastEventId;
    var position = cursor == null || cursor.isEmpty() ? null : positionOf(cursor);
    streams.open(filter, position, request, response);
  }

  private static void check(HttpServletRequest request) {
    request
        .getParameterMap()
        .forEach(
            (name, values) -> {
              if (!PARAMETERS.contains(name)) {
                throw Refusal.unknownField(name, "is not a parameter of this request");
              }
              if (values.length > 1 && !name.equals(KIND)) {
                throw Refusal.malformed(name, "is there more than once");
              }
              if (values[0].isEmpty() && !name.equals(LAST_EVENT_ID)) {
                throw Refusal.malformed(name, "is empty");
              }
            });
  }

  private static Position positionOf(String cursor) {
    return EventCursor.parse(cursor)
        .orElseThrow(() -> Refusal.malformed(LAST_EVENT_ID, "is not a cursor of this stream"));
  }
}
