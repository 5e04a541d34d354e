package io.junction.api.event;

import java.util.List;

/**
 * Events in the order in which they are delivered.
 *
 * @param end where whoever has them stands
 */
record Page(List<Told> events, Position end) {

  /** An event, and the block of the stream that tells it. */
  record Told(EventResponse event, String block) {}
}
