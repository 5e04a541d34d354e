package io.junction.dispatcher.notify.deliver;

import io.junction.common.subscription.BuildNews;
import io.junction.common.subscription.SecretBox;
import io.junction.common.subscription.Target;
import io.junction.common.subscription.TargetJson;
import io.junction.common.subscription.TargetKind;
import io.junction.dispatcher.notify.Message;
import io.junction.dispatcher.notify.deliver.Claimed.Flaw;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** What is to be sent, and where to. */
@Component
class MessageStatements {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /** The build as it was; its jobs as they are, 1,000 at most. */
  static final String LOAD =
      """
      SELECT d.id, d.attempts, s.kind, s.target::text AS target, s.secrets,
        e.id AS event, e.kind AS event_kind, e.version, e.at, e.payload::text AS build,
        (SELECT coalesce(jsonb_agg(jsonb_build_object(
             'id', j.id, 'number', j.number, 'stage', j.stage, 'state', j.state,
             'allow_failure', j.allow_failure, 'started_at', j.started_at,
             'finished_at', j.finished_at) ORDER BY j.id), '[]')::text
         FROM (SELECT j.id, j.number, j.state, j.allow_failure, j.started_at, j.finished_at,
                 (SELECT name FROM stages WHERE id = j.stage_id) AS stage
               FROM jobs j WHERE j.build_id = d.build_id ORDER BY j.id + 0 LIMIT 1000) AS j) AS jobs
      FROM deliveries d
      JOIN subscriptions s ON s.id = ANY (ARRAY[d.subscription_id])
      LEFT JOIN events e ON e.id = ANY (ARRAY[d.event_id])
      WHERE d.id = ANY (:ids::uuid[])
      """;

  private final JdbcClient jdbc;
  private final SecretBox box;

  MessageStatements(JdbcClient jdbc, SecretBox box) {
    this.jdbc = jdbc;
    this.box = box;
  }

  List<Claimed> load(List<UUID> ids) {
    return jdbc.sql(LOAD)
        .param("ids", ids.toArray(UUID[]::new))
        .query((row, n) -> claimed(row))
        .list();
  }

  private Claimed claimed(ResultSet row) throws SQLException {
    var id = row.getObject("id", UUID.class);
    int attempt = row.getInt("attempts");
    var kind = TargetKind.of(row.getString("kind"));
    var secrets = row.getBytes("secrets");
    var secret = secrets == null ? null : box.open(secrets).orElse(null);
    if (secrets != null && secret == null) {
      var reason = "its secrets do not open: JUNCTION_NOTIFICATIONS_KEY is not their key";
      return new Claimed(id, attempt, kind, null, new Flaw(reason, false));
    }
    if (row.getObject("event") == null) {
      var reason = "its event is older than the retention";
      return new Claimed(id, attempt, kind, null, new Flaw(reason, true));
    }
    return claimed(id, attempt, kind, secret, row);
  }

  private static Claimed claimed(
      UUID id, int attempt, TargetKind kind, @Nullable String secret, ResultSet row)
      throws SQLException {
    try {
      Target target = TargetJson.read(kind, row.getString("target"), secret);
      return new Claimed(id, attempt, kind, new Message(id, target, news(row)), null);
    } catch (IllegalArgumentException | JacksonException unreadable) {
      var reason = "what is stored cannot be read by this version of Junction";
      return new Claimed(id, attempt, kind, null, new Flaw(reason, false));
    }
  }

  private static BuildNews news(ResultSet row) throws SQLException {
    return new BuildNews(
        row.getString("event_kind"),
        row.getLong("event"),
        row.getInt("version"),
        row.getObject("at", OffsetDateTime.class).toInstant(),
        JSON.readValue(row.getString("build"), BuildNews.Build.class),
        List.of(JSON.readValue(row.getString("jobs"), BuildNews.JobNews[].class)));
  }
}
