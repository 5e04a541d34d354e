package io.junction.dispatcher.notify.deliver;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What is due, and who has it.
 *
 * <p>Where a row is known by its id, that it is pending is said in the negative: so no index of
 * what is pending looks as good as the key.
 */
@Component
class ClaimStatements {

  /** The subscriptions that have something pending are found by jumping from one to the next. */
  static final String LOOK =
      """
      WITH RECURSIVE line AS (
        (SELECT subscription_id FROM deliveries WHERE state = 'pending'
         ORDER BY subscription_id LIMIT 1)
        UNION ALL
        SELECT (SELECT d.subscription_id FROM deliveries d
                WHERE d.state = 'pending' AND d.subscription_id > line.subscription_id
                ORDER BY d.subscription_id LIMIT 1)
        FROM line WHERE line.subscription_id IS NOT NULL
      )
      SELECT (SELECT extract(epoch FROM now() - created_at) FROM deliveries
              WHERE state = 'pending' ORDER BY created_at LIMIT 1) AS oldest_age,
        (SELECT ceil(extract(epoch FROM min(next.due_at) - now()) * 1000)::bigint
         FROM line CROSS JOIN LATERAL (
           SELECT d.due_at FROM deliveries d
           WHERE d.state = 'pending' AND d.subscription_id = line.subscription_id
             AND d.due_at > now()
           ORDER BY d.due_at LIMIT 1) AS next) AS next_ms
      """;

  /**
   * The longest due first; of each subscription as many as its target has room for, of each build
   * of it only the oldest. Two dispatchers that choose the same one at the same time: one skips the
   * other's lock, or finds when it gets the row that it is not due any more.
   */
  static final String CLAIM =
      """
      WITH RECURSIVE line AS (
        (SELECT subscription_id FROM deliveries WHERE state = 'pending'
         ORDER BY subscription_id LIMIT 1)
        UNION ALL
        SELECT (SELECT d.subscription_id FROM deliveries d
                WHERE d.state = 'pending' AND d.subscription_id > line.subscription_id
                ORDER BY d.subscription_id LIMIT 1)
        FROM line WHERE line.subscription_id IS NOT NULL
      ), room AS (
        SELECT s.id,
          CASE WHEN EXISTS (
              SELECT FROM deliveries w
              WHERE w.state = 'pending' AND w.subscription_id = s.id AND w.due_at > now()
                AND w.claimed_until IS NULL)
            THEN 1 ELSE :perTarget::int END
          - (SELECT count(*) FROM deliveries c
             WHERE c.subscription_id = s.id AND c.claimed_until > now()) AS free
        FROM line JOIN subscriptions s ON s.id = ANY (ARRAY[line.subscription_id])
        WHERE s.disabled_at IS NULL
      ), chosen AS (
        SELECT head.id FROM room CROSS JOIN LATERAL (
          SELECT d.id, d.due_at FROM deliveries d
          WHERE d.state = 'pending' AND d.subscription_id = room.id AND d.due_at <= now()
            AND NOT EXISTS (
              SELECT FROM deliveries b
              WHERE b.state = 'pending' AND b.subscription_id = d.subscription_id
                AND b.build_id = d.build_id AND b.event_id < d.event_id)
          ORDER BY d.due_at LIMIT greatest(room.free, 0)) AS head
        ORDER BY head.due_at LIMIT :most
      ), locked AS (
        SELECT id FROM deliveries
        WHERE id = ANY (ARRAY(SELECT id FROM chosen)) AND due_at <= now()
          AND state NOT IN ('delivered', 'dead', 'skipped')
        FOR UPDATE SKIP LOCKED
      )
      UPDATE deliveries SET
        attempts = attempts + 1,
        claimed_until = now() + :lease * interval '1 ms',
        due_at = now() + :lease * interval '1 ms'
      WHERE id = ANY (ARRAY(SELECT id FROM locked))
      RETURNING id
      """;

  static final String RENEW =
      """
      UPDATE deliveries SET
        claimed_until = now() + :lease * interval '1 ms',
        due_at = now() + :lease * interval '1 ms'
      FROM unnest(:ids::uuid[], :attempts::int[]) AS kept(id, attempt)
      WHERE deliveries.id = ANY (ARRAY[kept.id]) AND deliveries.attempts = kept.attempt
        AND deliveries.state NOT IN ('delivered', 'dead', 'skipped')
      """;

  private final JdbcClient jdbc;

  ClaimStatements(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Look look() {
    return jdbc.sql(LOOK)
        .query(
            (row, n) -> {
              var next = row.getObject("next_ms", Long.class);
              var age = row.getBigDecimal("oldest_age");
              return new Look(
                  age == null ? null : age.doubleValue(),
                  next == null ? null : Duration.ofMillis(next));
            })
        .single();
  }

  List<UUID> claim(int most, int perTarget, Duration lease) {
    return jdbc.sql(CLAIM)
        .param("most", most)
        .param("perTarget", perTarget)
        .param("lease", lease.toMillis())
        .query((row, n) -> row.getObject("id", UUID.class))
        .list();
  }

  void renew(List<Claimed> kept, Duration lease) {
    jdbc.sql(RENEW)
        .param("ids", kept.stream().map(Claimed::id).toArray(UUID[]::new))
        .param("attempts", kept.stream().map(Claimed::attempt).toArray(Integer[]::new))
        .param("lease", lease.toMillis())
        .update();
  }

  /**
   * How things stand.
   *
   * @param oldestAge of the oldest that is pending, in seconds; null when none is
   * @param next until the next one is due that is not yet; null when there is none
   */
  record Look(@Nullable Double oldestAge, @Nullable Duration next) {}
}
