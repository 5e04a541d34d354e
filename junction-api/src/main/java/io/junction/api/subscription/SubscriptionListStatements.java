package io.junction.api.subscription;

import io.junction.api.json.JsonObject;
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

/** What everybody may read of subscriptions. */
@Component
class SubscriptionListStatements {

  static final String ONE =
      """
      SELECT id, kind, name, target::text AS target, secrets IS NOT NULL AS secrets_set,
        owner, repository, branch, events, on_success, on_failure, on_start, on_pull_requests,
        build_id, failures, disabled_at, disabled_reason, created_at, updated_at
      FROM subscriptions WHERE id = :id
      """;

  /** Of a build, of a repository, or all that are not of a build: each by its own index. */
  static final String PAGE =
      """
      WITH page AS (
        (SELECT id FROM subscriptions
         WHERE build_id IS NULL AND :build::bigint IS NULL AND :repository::text IS NULL
           AND id > :after::uuid
         ORDER BY id LIMIT :limit)
        UNION ALL
        (SELECT id FROM subscriptions
         WHERE :build::bigint IS NULL AND audience = 'repository:' || :repository::text
           AND id > :after::uuid
         ORDER BY id LIMIT :limit)
        UNION ALL
        (SELECT id FROM subscriptions
         WHERE build_id = :build::bigint AND id > :after::uuid
         ORDER BY id LIMIT :limit)
      )
      SELECT s.id, kind, name, target::text AS target, secrets IS NOT NULL AS secrets_set,
        owner, repository, branch, events, on_success, on_failure, on_start, on_pull_requests,
        build_id, failures, disabled_at, disabled_reason, created_at, updated_at
      FROM page JOIN subscriptions s ON s.id = ANY (ARRAY[page.id])
      ORDER BY page.id
      """;

  private static final UUID FIRST = new UUID(0, 0);

  private final JdbcClient jdbc;

  SubscriptionListStatements(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Optional<SubscriptionResponse> one(UUID id) {
    return jdbc.sql(ONE).param("id", id).query((row, n) -> response(row)).optional();
  }

  List<SubscriptionResponse> page(
      @Nullable String repository, @Nullable Long build, @Nullable UUID after, int limit) {
    return jdbc.sql(PAGE)
        .param("repository", repository)
        .param("build", build)
        .param("after", (after == null ? FIRST : after).toString())
        .param("limit", limit)
        .query((row, n) -> response(row))
        .list();
  }

  private static SubscriptionResponse response(ResultSet row) throws SQLException {
    var filter =
        new SubscriptionResponse.Filter(
            row.getString("owner"),
            row.getString("repository"),
            row.getString("branch"),
            List.of((String[]) row.getArray("events").getArray()));
    return new SubscriptionResponse(
        row.getObject("id", UUID.class),
        row.getString("kind"),
        row.getString("name"),
        new JsonObject(row.getString("target")),
        row.getBoolean("secrets_set"),
        filter,
        row.getString("on_success"),
        row.getString("on_failure"),
        row.getString("on_start"),
        row.getBoolean("on_pull_requests"),
        row.getObject("build_id", Long.class),
        row.getInt("failures"),
        instant(row, "disabled_at"),
        row.getString("disabled_reason"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("updated_at", OffsetDateTime.class).toInstant(),
        null);
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    var value = row.getObject(column, OffsetDateTime.class);
    return value == null ? null : value.toInstant();
  }
}
