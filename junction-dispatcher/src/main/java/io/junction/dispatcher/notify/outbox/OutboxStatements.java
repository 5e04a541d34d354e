package io.junction.dispatcher.notify.outbox;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
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
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The cursor, the events behind it, and the deliveries that come of them. */
@Component
class OutboxStatements {

  private static final String OPEN =
      """
      INSERT INTO outbox (last_id, seen) VALUES (0, pg_current_snapshot()) ON CONFLICT DO NOTHING
      """;

  /**
   * Without a lock, so that an idle poll costs this and nothing else. Late is what came by a
   * transaction that the cursor's snapshot did not see: one that it lists, or one from its end on,
   * for it lists none that is younger than the last that had ended.
   */
  static final String LOOK =
      """
      SELECT EXISTS (SELECT FROM events e WHERE e.job_id IS NULL AND e.id > o.last_id)
        OR EXISTS (
          SELECT FROM (
            SELECT x AS first, x AS last FROM pg_snapshot_xip(o.seen) AS was_open(x)
            UNION ALL
            SELECT pg_snapshot_xmax(o.seen), '18446744073709551615') AS unseen
          CROSS JOIN LATERAL (
            SELECT FROM events e
            WHERE e.tx BETWEEN unseen.first AND unseen.last AND coalesce(e.job_id, 0) = 0
              AND e.id + 0 <= o.last_id
            OFFSET 0) AS late) AS something
      FROM outbox o WHERE o.one_row
      """;

  private static final String TAKE =
      """
      SELECT last_id, seen::text AS seen FROM outbox WHERE one_row FOR UPDATE SKIP LOCKED
      """;

  /** All of it in one snapshot, which becomes the cursor's. */
  static final String PAGE =
      """
      WITH page AS (
        (SELECT late.id FROM (
           SELECT x AS first, x AS last FROM pg_snapshot_xip(:seen::pg_snapshot) AS was_open(x)
           UNION ALL
           SELECT pg_snapshot_xmax(:seen::pg_snapshot), '18446744073709551615') AS unseen
         CROSS JOIN LATERAL (
           SELECT e.id FROM events e
           WHERE e.tx BETWEEN unseen.first AND unseen.last AND coalesce(e.job_id, 0) = 0
             AND e.id + 0 <= :last
           OFFSET 0) AS late)
        UNION ALL
        (SELECT e.id FROM events e WHERE e.job_id IS NULL AND e.id > :last
         ORDER BY e.id LIMIT :batch)
      )
      SELECT e.id, e.kind, e.build_id, e.owner, e.repository, coalesce(e.state, '') AS state,
        e.payload ->> 'branch' AS branch, e.payload ->> 'previous_state' AS previous_state,
        coalesce(e.payload ->> 'event_type' = 'pull_request', false) AS is_pull_request,
        pg_current_snapshot()::text AS seen
      FROM page JOIN events e ON e.id = ANY (ARRAY[page.id])
      ORDER BY page.id
      """;

  static final String CONFIGS =
      """
      SELECT build_id, (config -> 'notifications')::text AS notifications FROM build_configs
      WHERE build_id = ANY (:builds::bigint[]) AND config -> 'notifications' IS NOT NULL
      """;

  /**
   * Locked, so that none of them is deleted or disabled before it has its deliveries: who does that
   * comes after this transaction, and finds them.
   */
  static final String INTERESTS =
      """
      WITH asked AS (
        SELECT s.id FROM unnest(:audiences::text[]) AS a(name) CROSS JOIN LATERAL (
          SELECT id FROM subscriptions WHERE audience = a.name LIMIT 1000) AS s
        UNION ALL
        SELECT s.id FROM unnest(:builds::bigint[]) AS b(id) CROSS JOIN LATERAL (
          SELECT id FROM subscriptions WHERE build_id = b.id LIMIT 1000) AS s
      )
      SELECT s.id, s.build_id, s.kind, s.owner, s.repository, s.branch, s.events,
        s.on_success, s.on_failure, s.on_start, s.on_pull_requests
      FROM subscriptions s
      WHERE s.id = ANY (ARRAY(SELECT id FROM asked)) AND s.disabled_at IS NULL
      ORDER BY s.id FOR SHARE OF s
      """;

  private static final String INSERT =
      """
      INSERT INTO deliveries (id, event_id, subscription_id, build_id)
      SELECT id, event, subscription, build
      FROM unnest(:ids::uuid[], :events::bigint[], :subscriptions::uuid[], :builds::bigint[])
        AS wish(id, event, subscription, build)
      ON CONFLICT (event_id, subscription_id) DO NOTHING
      """;

  private static final String MOVE =
      """
      UPDATE outbox SET last_id = greatest(last_id, :last), seen = :seen::pg_snapshot WHERE one_row
      """;

  private final JdbcClient jdbc;
  private final TimeBasedEpochGenerator ids = Generators.timeBasedEpochGenerator();

  OutboxStatements(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Whether there is something to read; the first look of all makes the cursor. */
  boolean look() {
    var something = jdbc.sql(LOOK).query((row, n) -> row.getBoolean("something")).optional();
    if (something.isEmpty()) {
      jdbc.sql(OPEN).update();
    }
    return something.orElse(true);
  }

  /** The cursor, locked; empty when another has it. */
  Optional<Cursor> take() {
    return jdbc.sql(TAKE)
        .query((row, n) -> new Cursor(row.getLong("last_id"), row.getString("seen")))
        .optional();
  }

  /** What the cursor has not passed, late ones first; and the snapshot that saw it. */
  Page page(Cursor cursor, int batch) {
    var seen = new String[] {cursor.seen()};
    var events =
        jdbc.sql(PAGE)
            .param("seen", cursor.seen())
            .param("last", cursor.lastId())
            .param("batch", batch)
            .query(
                (row, n) -> {
                  seen[0] = row.getString("seen");
                  return event(row);
                })
            .list();
    return new Page(events, seen[0]);
  }

  private static ReadEvent event(ResultSet row) throws SQLException {
    return new ReadEvent(
        row.getLong("id"),
        row.getString("kind"),
        row.getObject("build_id", Long.class),
        row.getString("owner"),
        row.getString("repository"),
        row.getString("branch"),
        row.getString("state"),
        row.getString("previous_state"),
        row.getBoolean("is_pull_request"));
  }

  /** What the configs of these builds say of notifications, where they do. */
  List<Config> configs(List<Long> builds) {
    return jdbc.sql(CONFIGS)
        .param("builds", builds.toArray(Long[]::new))
        .query((row, n) -> new Config(row.getLong("build_id"), row.getString("notifications")))
        .list();
  }

  /** Those who may want one of these events. */
  List<Interest> interests(List<ReadEvent> events) {
    return jdbc.sql(INTERESTS)
        .param(
            "audiences",
            events.stream()
                .flatMap(event -> BuildFilter.audiences(event.owner(), event.repository()).stream())
                .distinct()
                .toArray(String[]::new))
        .param(
            "builds",
            events.stream()
                .map(ReadEvent::build)
                .filter(Objects::nonNull)
                .distinct()
                .toArray(Long[]::new))
        .query((row, n) -> interest(row))
        .list();
  }

  private static Interest interest(ResultSet row) throws SQLException {
    var filter =
        new BuildFilter(
            row.getString("owner"),
            row.getString("repository"),
            row.getString("branch"),
            List.of((String[]) row.getArray("events").getArray()));
    var rule =
        new SendRule(
            Occasion.of(row.getString("on_success")),
            Occasion.of(row.getString("on_failure")),
            Occasion.of(row.getString("on_start")),
            row.getBoolean("on_pull_requests"));
    return new Interest(
        row.getObject("id", UUID.class),
        row.getObject("build_id", Long.class),
        TargetKind.of(row.getString("kind")),
        filter,
        rule);
  }

  int insert(List<Wish> wishes) {
    return jdbc.sql(INSERT)
        .param("ids", wishes.stream().map(wish -> ids.generate()).toArray(UUID[]::new))
        .param("events", wishes.stream().map(Wish::event).toArray(Long[]::new))
        .param("subscriptions", wishes.stream().map(Wish::subscription).toArray(UUID[]::new))
        .param("builds", wishes.stream().map(Wish::build).toArray(Long[]::new))
        .update();
  }

  void move(long last, String seen) {
    jdbc.sql(MOVE).param("last", last).param("seen", seen).update();
  }

  /** Everything up to {@code lastId} that {@code seen} sees has been handled. */
  record Cursor(long lastId, String seen) {}

  record Page(List<ReadEvent> events, String seen) {}

  record Config(long build, String notifications) {}
}
