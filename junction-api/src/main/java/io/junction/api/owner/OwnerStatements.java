package io.junction.api.owner;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What is set for owners and repositories. */
@Component
class OwnerStatements {

  private static final String PUT =
      """
      INSERT INTO owners AS o (name, shares_with, max_running, boost, boost_until, weight, plan)
      VALUES (:name, :sharesWith, :maxRunning, :boost, :boostUntil, :weight, :plan)
      ON CONFLICT (name) DO UPDATE SET shares_with = excluded.shares_with,
        max_running = excluded.max_running, boost = excluded.boost,
        boost_until = excluded.boost_until, weight = excluded.weight, plan = excluded.plan
      RETURNING xmax = 0 AS is_new
      """;

  private static final String CLEAR_QUEUES = "DELETE FROM owner_queues WHERE owner = :name";

  private static final String PUT_QUEUES =
      """
      INSERT INTO owner_queues (owner, queue, max_running)
      SELECT :name, queue, max FROM unnest(:queues::text[], :maxes::integer[]) AS q(queue, max)
      """;

  private static final String SETTINGS = "SELECT * FROM owners WHERE name = ANY (:names::text[])";

  private static final String QUEUES =
      "SELECT owner, queue, max_running FROM owner_queues WHERE owner = ANY (:names::text[])";

  private static final String SHARED_BY =
      "SELECT count(*) FROM (SELECT FROM owners WHERE shares_with = :name LIMIT 1) AS sharing";

  /** By name: those of whom something is set, whose jobs ask, or whose jobs run. */
  static final String NAMES =
      """
      WITH RECURSIVE name AS (
        SELECT :after::text AS name, 0 AS n
        UNION ALL
        SELECT least(
            (SELECT o.name::text FROM owners o WHERE o.name > name.name ORDER BY o.name LIMIT 1),
            (SELECT coalesce(j.owner, '') FROM jobs j
             WHERE j.asks AND coalesce(j.owner, '') > name.name
             ORDER BY coalesce(j.owner, '') LIMIT 1),
            (SELECT j.owner::text FROM jobs j
             WHERE j.line_counts AND j.owner IS NOT NULL AND j.owner > name.name
             ORDER BY j.owner LIMIT 1),
            (SELECT a.owner::text FROM assignments a
             WHERE a.outcome IS NULL AND a.owner IS NOT NULL AND a.owner > name.name
             ORDER BY a.owner LIMIT 1)), name.n + 1
        FROM name WHERE name.name IS NOT NULL AND name.n < :limit
      )
      SELECT name FROM name WHERE n > 0 AND name IS NOT NULL ORDER BY n
      """;

  private static final String PUT_REPOSITORY =
      """
      INSERT INTO repositories (name, max_running) VALUES (:name, :maxRunning)
      ON CONFLICT (name) DO UPDATE SET max_running = excluded.max_running
      """;

  private static final String FREE_REPOSITORY = "DELETE FROM repositories WHERE name = :name";

  private static final String REPOSITORY =
      "SELECT max_running FROM repositories WHERE name = :name";

  private final JdbcClient jdbc;

  OwnerStatements(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Whether the owner was unknown. */
  boolean put(String name, OwnerRequest request) {
    var boost = request.boost();
    boolean isNew =
        jdbc.sql(PUT)
            .param("name", name)
            .param("sharesWith", request.sharesWith())
            .param("maxRunning", request.maxRunning())
            .param("boost", boost == null ? null : boost.max())
            .param("boostUntil", boost == null ? null : Timestamp.from(boost.until()))
            .param("weight", Objects.requireNonNullElse(request.weight(), 1))
            .param("plan", request.plan())
            .query((row, n) -> row.getBoolean("is_new"))
            .single();
    jdbc.sql(CLEAR_QUEUES).param("name", name).update();
    var queues = request.queues();
    if (queues != null && !queues.isEmpty()) {
      jdbc.sql(PUT_QUEUES)
          .param("name", name)
          .param("queues", queues.keySet().toArray(String[]::new))
          .param("maxes", queues.values().toArray(Integer[]::new))
          .update();
    }
    return isNew;
  }

  boolean isShared(String name) {
    return jdbc.sql(SHARED_BY).param("name", name).query((row, n) -> row.getInt(1)).single() > 0;
  }

  /** By name; one of whom nothing is set has no entry. */
  Map<String, Settings> settings(Collection<String> names) {
    var array = names.toArray(String[]::new);
    var queues = new HashMap<String, Map<String, Integer>>();
    jdbc.sql(QUEUES)
        .param("names", array)
        .query(
            row -> {
              queues
                  .computeIfAbsent(row.getString("owner"), owner -> new TreeMap<>())
                  .put(row.getString("queue"), row.getInt("max_running"));
            });
    var settings = new LinkedHashMap<String, Settings>();
    jdbc.sql(SETTINGS)
        .param("names", array)
        .query((row, n) -> settings(row, queues))
        .list()
        .forEach(one -> settings.put(one.name(), one));
    return settings;
  }

  List<String> names(String after, int limit) {
    return jdbc.sql(NAMES)
        .param("after", after)
        .param("limit", limit)
        .query((row, n) -> row.getString("name"))
        .list();
  }

  void limitRepository(String name, int maxRunning) {
    jdbc.sql(PUT_REPOSITORY).param("name", name).param("maxRunning", maxRunning).update();
  }

  void freeRepository(String name) {
    jdbc.sql(FREE_REPOSITORY).param("name", name).update();
  }

  @Nullable Integer repository(String name) {
    return jdbc.sql(REPOSITORY)
        .param("name", name)
        .query((row, n) -> row.getInt("max_running"))
        .optional()
        .orElse(null);
  }

  private static Settings settings(ResultSet row, Map<String, Map<String, Integer>> queues)
      throws SQLException {
    var boost = row.getObject("boost", Integer.class);
    return new Settings(
        row.getString("name"),
        row.getObject("max_running", Integer.class),
        row.getString("plan"),
        boost == null
            ? null
            : new OwnerRequest.Boost(
                boost, row.getObject("boost_until", OffsetDateTime.class).toInstant()),
        row.getString("shares_with"),
        row.getInt("weight"),
        queues.getOrDefault(row.getString("name"), Map.of()));
  }

  /** What is set for an owner. */
  record Settings(
      String name,
      @Nullable Integer maxRunning,
      @Nullable String plan,
      OwnerRequest.@Nullable Boost boost,
      @Nullable String sharesWith,
      int weight,
      Map<String, Integer> queues) {

    /** For one of whom nothing is. */
    static Settings none(String name) {
      return new Settings(name, null, null, null, null, 1, Map.of());
    }
  }
}
