package io.junction.common.rule;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rules that were put over the API, if any were. */
@Component
class QueueRuleStatements {

  private static final String READ = "SELECT rules::text AS rules, put_at FROM queue_rules";

  private static final String ARE_PUT = "SELECT count(*) FROM queue_rules";

  private static final String PUT =
      """
      INSERT INTO queue_rules (rules) VALUES (:rules::jsonb)
      ON CONFLICT (one_row) DO UPDATE SET rules = excluded.rules, put_at = now()
      """;

  private static final String REMOVE = "DELETE FROM queue_rules";

  private final JdbcClient jdbc;

  QueueRuleStatements(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Optional<Stored> read() {
    return jdbc.sql(READ)
        .query(
            (row, n) ->
                new Stored(
                    row.getString("rules"),
                    row.getObject("put_at", OffsetDateTime.class).toInstant()))
        .optional();
  }

  boolean arePut() {
    return jdbc.sql(ARE_PUT).query((row, n) -> row.getInt(1) > 0).single();
  }

  void put(String rules) {
    jdbc.sql(PUT).param("rules", rules).update();
  }

  void remove() {
    jdbc.sql(REMOVE).update();
  }

  /** As JSON, and since when. */
  record Stored(String rules, Instant putAt) {}
}
