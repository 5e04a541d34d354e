package io.junction.common.limit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What limits there are, and what runs, counted where it stands: in lines and open assignments. */
@Component
class WorldStatements {

  /** Each of these owners and all who share a limit with one. */
  static final String SHARING =
      """
      SELECT DISTINCT member.name
      FROM unnest(:owners::text[]) AS asked(name)
      JOIN owners o ON o.name = ANY (ARRAY[asked.name])
      CROSS JOIN LATERAL (
        SELECT coalesce(o.shares_with, o.name) AS name
        UNION ALL
        SELECT s.name FROM owners s
        WHERE s.shares_with = coalesce(o.shares_with, o.name) AND s.shares_with IS NOT NULL
      ) AS member
      """;

  static final String LIMITS =
      """
      SELECT o.name, o.shares_with, o.max_running, o.plan,
        CASE WHEN o.boost_until > now() THEN o.boost ELSE 0 END AS boost
      FROM owners o WHERE o.name = ANY (:owners::text[])
      """;

  static final String OWNER_QUEUES =
      "SELECT owner, queue, max_running FROM owner_queues WHERE owner = ANY (:owners::text[])";

  static final String REPOSITORY_LIMITS =
      "SELECT name, max_running FROM repositories WHERE name = ANY (:repositories::text[])";

  static final String RUNNING =
      """
      SELECT o.name, runs.running, runs.public
      FROM unnest(:owners::text[]) AS o(name) CROSS JOIN LATERAL (
        SELECT count(*)::int AS running, (count(*) FILTER (WHERE r.public))::int AS public
        FROM (
          SELECT j.public FROM jobs j WHERE j.line_counts AND j.owner = o.name
          UNION ALL
          SELECT a.public FROM assignments a WHERE a.outcome IS NULL AND a.owner = o.name) AS r
      ) AS runs
      """;

  static final String QUEUES =
      """
      SELECT l.owner, l.queue, l.max_running,
        ((SELECT count(*) FROM jobs j
          WHERE j.line_counts AND j.owner = l.owner AND j.queue = l.queue)
         + (SELECT count(*) FROM assignments a
            WHERE a.outcome IS NULL AND a.owner = l.owner AND a.queue = l.queue))::int AS running
      FROM owner_queues l WHERE l.owner = ANY (:owners::text[])
      """;

  static final String REPOSITORIES =
      """
      SELECT l.name, l.max_running,
        ((SELECT count(*) FROM jobs j WHERE j.line_counts AND j.repository = l.name)
         + (SELECT count(*) FROM assignments a
            WHERE a.outcome IS NULL AND a.repository = l.name))::int AS running
      FROM repositories l WHERE l.name = ANY (:repositories::text[])
      """;

  static final String GROUPS =
      """
      SELECT g.name,
        ((SELECT count(*) FROM jobs j WHERE j.line_counts AND j.concurrency_group = g.name)
         + (SELECT count(*) FROM assignments a
            WHERE a.outcome IS NULL AND a.concurrency_group = g.name))::int AS running
      FROM unnest(:groups::text[]) AS g(name)
      """;

  private final JdbcClient jdbc;

  WorldStatements(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  List<String> sharing(Collection<String> owners) {
    return jdbc.sql(SHARING)
        .param("owners", array(owners))
        .query((row, n) -> row.getString("name"))
        .list();
  }

  /** By name. */
  Map<String, Limits.Owner> limits(Collection<String> owners) {
    return jdbc
        .sql(LIMITS)
        .param("owners", array(owners))
        .query(
            (row, n) ->
                Map.entry(
                    row.getString("name"),
                    new Limits.Owner(
                        row.getString("shares_with"),
                        row.getObject("max_running", Integer.class),
                        row.getInt("boost"),
                        row.getString("plan"))))
        .list()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  Map<World.OwnerQueue, Integer> queueLimits(Collection<String> owners) {
    return jdbc
        .sql(OWNER_QUEUES)
        .param("owners", array(owners))
        .query(
            (row, n) ->
                Map.entry(
                    new World.OwnerQueue(row.getString("owner"), row.getString("queue")),
                    row.getInt("max_running")))
        .list()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  Map<String, Integer> repositoryLimits(Collection<String> names) {
    return jdbc
        .sql(REPOSITORY_LIMITS)
        .param("repositories", array(names))
        .query((row, n) -> Map.entry(row.getString("name"), row.getInt("max_running")))
        .list()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  Map<String, Running> running(Collection<String> owners) {
    return jdbc
        .sql(RUNNING)
        .param("owners", array(owners))
        .query(
            (row, n) ->
                new Running(row.getString("name"), row.getInt("running"), row.getInt("public")))
        .list()
        .stream()
        .collect(Collectors.toMap(Running::owner, running -> running));
  }

  Map<World.OwnerQueue, Room> queues(Collection<String> owners) {
    return jdbc
        .sql(QUEUES)
        .param("owners", array(owners))
        .query(
            (row, n) ->
                Map.entry(
                    new World.OwnerQueue(row.getString("owner"), row.getString("queue")),
                    room(row)))
        .list()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  Map<String, Room> repositories(Collection<String> names) {
    return jdbc
        .sql(REPOSITORIES)
        .param("repositories", array(names))
        .query((row, n) -> Map.entry(row.getString("name"), room(row)))
        .list()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  Map<String, Integer> groups(Collection<String> names) {
    return jdbc
        .sql(GROUPS)
        .param("groups", array(names))
        .query((row, n) -> Map.entry(row.getString("name"), row.getInt("running")))
        .list()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Room room(ResultSet row) throws SQLException {
    return new Room(row.getInt("running"), row.getInt("max_running"));
  }

  private static String[] array(Collection<String> names) {
    return names.toArray(String[]::new);
  }

  /** What runs of an owner, and how much of that is public. */
  record Running(String owner, int running, int ofPublic) {}
}
