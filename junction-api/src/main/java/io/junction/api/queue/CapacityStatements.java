package io.junction.api.queue;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What an operator changes of a queue. */
@Component
class CapacityStatements {

  private static final String PUT =
      """
      INSERT INTO queues (name, capacity) VALUES (:name, :capacity)
      ON CONFLICT (name) DO UPDATE SET capacity = excluded.capacity
      RETURNING xmax = 0 AS is_new
      """;

  private static final String PAUSE =
      """
      INSERT INTO queues (name, paused_at) VALUES (:name, now())
      ON CONFLICT (name) DO UPDATE SET paused_at = coalesce(queues.paused_at, now())
      """;

  private static final String RESUME =
      """
      INSERT INTO queues (name) VALUES (:name)
      ON CONFLICT (name) DO UPDATE SET paused_at = NULL
      """;

  private final JdbcClient jdbc;

  CapacityStatements(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Whether the queue is new. */
  boolean put(String name, @Nullable Integer capacity) {
    return jdbc.sql(PUT)
        .param("name", name)
        .param("capacity", capacity)
        .query((row, n) -> row.getBoolean("is_new"))
        .single();
  }

  void pause(String name) {
    jdbc.sql(PAUSE).param("name", name).update();
  }

  void resume(String name) {
    jdbc.sql(RESUME).param("name", name).update();
  }
}
