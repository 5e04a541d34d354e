package io.junction.api.subscription;

import io.junction.common.subscription.BuildFilter;
import io.junction.common.subscription.Occasion;
import io.junction.common.subscription.SendRule;
import io.junction.common.subscription.TargetKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What is changed of a subscription. */
@Component
class SubscriptionChangeStatements {

  /** For the same repository, the same owner, or all: each event asks each of them. */
  static final int MOST = 500;

  static final String COUNT =
      """
      SELECT count(*) AS count FROM subscriptions WHERE audience = :audience
      """;

  private static final String READ =
      """
      SELECT kind, name, audience, owner, repository, branch, events,
        on_success, on_failure, on_start, on_pull_requests, target::text AS target,
        encode(secrets, 'hex') AS secrets
      FROM subscriptions WHERE id = :id
      """;

  private static final String LOCK =
      """
      SELECT kind, name, audience, owner, repository, branch, events,
        on_success, on_failure, on_start, on_pull_requests, target::text AS target,
        encode(secrets, 'hex') AS secrets
      FROM subscriptions WHERE id = :id FOR UPDATE
      """;

  private static final String UPDATE =
      """
      UPDATE subscriptions SET
        name = :name, owner = :owner, repository = :repository, branch = :branch,
        events = :events, on_success = :onSuccess, on_failure = :onFailure,
        on_start = :onStart, on_pull_requests = :onPullRequests,
        target = coalesce(:target::jsonb, target),
        secrets = CASE WHEN :target::text IS NULL THEN secrets
                       ELSE decode(:secrets::text, 'hex') END,
        updated_at = now()
      WHERE id = :id
      """;

  private static final String ENABLE =
      """
      UPDATE subscriptions SET
        disabled_at = NULL, disabled_reason = NULL, failures = 0, failing_since = NULL,
        updated_at = now()
      WHERE id = :id
      """;

  private static final String DELETE = "DELETE FROM subscriptions WHERE id = :id";

  private final JdbcClient jdbc;

  SubscriptionChangeStatements(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Whether there is room for one more for the same repository, the same owner, or all. */
  boolean hasRoom(BuildFilter filter) {
    return jdbc.sql(COUNT)
            .param("audience", filter.audience())
            .query((row, n) -> row.getInt("count"))
            .single()
        < MOST;
  }

  Optional<Stored> read(UUID id) {
    return jdbc.sql(READ).param("id", id).query((row, n) -> stored(row)).optional();
  }

  Optional<Stored> lock(UUID id) {
    return jdbc.sql(LOCK).param("id", id).query((row, n) -> stored(row)).optional();
  }

  void update(UUID id, Change change) {
    var filter = change.filter();
    var rule = change.rule();
    jdbc.sql(UPDATE)
        .param("id", id)
        .param("name", change.name())
        .param("owner", filter.owner())
        .param("repository", filter.repository())
        .param("branch", filter.branch())
        .param("events", filter.events().toArray(String[]::new))
        .param("onSuccess", rule.onSuccess().text())
        .param("onFailure", rule.onFailure().text())
        .param("onStart", rule.onStart().text())
        .param("onPullRequests", rule.onPullRequests())
        .param("target", change.target())
        .param("secrets", change.secrets())
        .update();
  }

  boolean enable(UUID id) {
    return jdbc.sql(ENABLE).param("id", id).update() == 1;
  }

  boolean delete(UUID id) {
    return jdbc.sql(DELETE).param("id", id).update() == 1;
  }

  private static Stored stored(ResultSet row) throws SQLException {
    return new Stored(
        TargetKind.of(row.getString("kind")),
        row.getString("name"),
        row.getString("audience"),
        new BuildFilter(
            row.getString("owner"),
            row.getString("repository"),
            row.getString("branch"),
            List.of((String[]) row.getArray("events").getArray())),
        new SendRule(
            Occasion.of(row.getString("on_success")),
            Occasion.of(row.getString("on_failure")),
            Occasion.of(row.getString("on_start")),
            row.getBoolean("on_pull_requests")),
        row.getString("target"),
        row.getString("secrets"));
  }

  /**
   * A subscription as it is to be.
   *
   * @param target null: target and secrets stay
   * @param secrets encrypted, in hex
   */
  record Change(
      @Nullable String name,
      BuildFilter filter,
      SendRule rule,
      @Nullable String target,
      @Nullable String secrets) {}

  /**
   * A subscription as it is stored.
   *
   * @param audience null of one that stands in a build's config
   * @param secrets encrypted, in hex
   */
  record Stored(
      TargetKind kind,
      @Nullable String name,
      @Nullable String audience,
      BuildFilter filter,
      SendRule rule,
      String target,
      @Nullable String secrets) {

    /** Whether this filter makes it one of others than before. */
    boolean joinsOthersBy(BuildFilter changed) {
      return audience != null && !audience.equals(changed.audience());
    }

    /** Secrets are encrypted anew each time that they are written: alike means untouched. */
    boolean hasTargetOf(Stored other) {
      return target.equals(other.target) && Objects.equals(secrets, other.secrets);
    }
  }
}
