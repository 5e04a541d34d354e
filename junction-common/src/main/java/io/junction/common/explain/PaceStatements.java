package io.junction.common.explain;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How fast jobs ended lately. */
@Component
class PaceStatements {

  /** Among the newest events alone, and within an hour: whatever the history is. */
  static final String ENDED =
      """
      SELECT count(*) FILTER (
          WHERE e.kind = 'job:finished' AND (:queue::text IS NULL OR e.queue = :queue)
            AND (:owner::text IS NULL OR e.owner = :owner)
            AND (:repository::text IS NULL OR e.repository = :repository)) AS ended,
        (extract(epoch FROM now() - min(e.at)) * 1000)::bigint AS ms
      FROM (SELECT * FROM events ORDER BY id DESC LIMIT 10000) AS e
      WHERE e.at > now() - interval '1 h'
      """;

  private final JdbcClient jdbc;

  PaceStatements(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Of the jobs of this queue, owner or repository; the others are null. */
  Optional<Pace> of(@Nullable String queue, @Nullable String owner, @Nullable String repository) {
    return jdbc.sql(ENDED)
        .param("queue", queue)
        .param("owner", owner)
        .param("repository", repository)
        .query((row, n) -> new Pace(row.getInt("ended"), row.getLong("ms")))
        .optional()
        .filter(pace -> pace.ended() > 0 && pace.ms() > 0);
  }

  /** So many ended in the last so many milliseconds. */
  record Pace(int ended, long ms) {

    Explanation.Estimate estimate(String whose, int ahead) {
      return new Explanation.Estimate(
          Math.round((ahead + 1.0) * ms / ended),
          ended + " jobs of " + whose + " ended in the last " + Spans.of(ms));
    }
  }
}
