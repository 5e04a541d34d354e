package io.junction.api.subscription;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The deliveries of a subscription. */
@Component
class DeliveryStatements {

  static final String PAGE =
      """
      WITH page AS (
        SELECT d.id FROM unnest(:states::text[]) AS asked(state) CROSS JOIN LATERAL (
          SELECT id FROM deliveries
          WHERE subscription_id = :subscription AND state = asked.state
            AND id < :before::uuid
          ORDER BY id DESC LIMIT :limit) AS d
        ORDER BY d.id DESC LIMIT :limit
      )
      SELECT d.id, d.state, d.event_id, e.kind AS event, d.build_id, d.attempts, d.created_at,
        CASE WHEN d.state = 'pending' THEN d.due_at END AS due_at, d.delivered_at,
        d.last_error, d.last_detail
      FROM page JOIN deliveries d ON d.id = ANY (ARRAY[page.id])
      LEFT JOIN events e ON e.id = ANY (ARRAY[d.event_id])
      ORDER BY page.id DESC
      """;

  static final String ONE =
      """
      SELECT d.id, d.state, d.event_id, e.kind AS event, d.build_id, d.attempts, d.created_at,
        CASE WHEN d.state = 'pending' THEN d.due_at END AS due_at, d.delivered_at,
        d.last_error, d.last_detail
      FROM deliveries d LEFT JOIN events e ON e.id = ANY (ARRAY[d.event_id])
      WHERE d.id = :id AND d.subscription_id = :subscription
      """;

  private static final String LOCK_SUBSCRIPTION =
      """
      SELECT disabled_at IS NOT NULL AS disabled FROM subscriptions WHERE id = :id FOR SHARE
      """;

  /**
   * One that is being sent just now is left alone: it is on its way. So is one that is locked, for
   * whoever records answers holds it and may wait for the subscription, which is locked here.
   */
  private static final String REDELIVER =
      """
      UPDATE deliveries SET
        state = 'pending', due_at = now(), dies_at = now() + interval '24 h', delivered_at = NULL
      WHERE id = ANY (ARRAY(
        SELECT id FROM deliveries
        WHERE id = :id AND subscription_id = :subscription AND claimed_until IS NULL
        FOR UPDATE SKIP LOCKED))
      """;

  private static final List<String> STATES = List.of("pending", "delivered", "dead", "skipped");
  private static final UUID LAST = new UUID(-1, -1);

  private final JdbcClient jdbc;

  DeliveryStatements(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Newest first; of all states when none is given. */
  List<DeliveryResponse> page(
      UUID subscription, @Nullable String state, @Nullable UUID before, int limit) {
    return jdbc.sql(PAGE)
        .param("subscription", subscription)
        .param("states", (state == null ? STATES : List.of(state)).toArray(String[]::new))
        .param("before", (before == null ? LAST : before).toString())
        .param("limit", limit)
        .query((row, n) -> response(row))
        .list();
  }

  @Nullable DeliveryResponse one(UUID subscription, UUID id) {
    return jdbc.sql(ONE)
        .param("subscription", subscription)
        .param("id", id)
        .query((row, n) -> response(row))
        .optional()
        .orElse(null);
  }

  /**
   * Whether it is disabled, which stays as it is for the transaction; empty when it is not there.
   */
  Optional<Boolean> lockSubscription(UUID id) {
    return jdbc.sql(LOCK_SUBSCRIPTION)
        .param("id", id)
        .query((row, n) -> row.getBoolean("disabled"))
        .optional();
  }

  void redeliver(UUID subscription, UUID id) {
    jdbc.sql(REDELIVER).param("subscription", subscription).param("id", id).update();
  }

  static boolean isState(String text) {
    return STATES.contains(text);
  }

  private static DeliveryResponse response(ResultSet row) throws SQLException {
    return new DeliveryResponse(
        row.getObject("id", UUID.class),
        row.getString("state"),
        row.getLong("event_id"),
        row.getString("event"),
        row.getLong("build_id"),
        row.getInt("attempts"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        instant(row, "due_at"),
        instant(row, "delivered_at"),
        row.getString("last_error"),
        row.getString("last_detail"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    var value = row.getObject(column, OffsetDateTime.class);
    return value == null ? null : value.toInstant();
  }
}
