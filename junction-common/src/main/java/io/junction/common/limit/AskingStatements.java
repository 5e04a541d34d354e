package io.junction.common.limit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who asks to be let in. */
@Component
class AskingStatements {

  /**
   * Lanes: jobs that ask and for which every limit is the same. Those of an owner are found one by
   * one by the index, whatever stands in them.
   */
  private static final String LANES =
      """
      WITH RECURSIVE lane AS (
        SELECT first.*, o.depth
        FROM unnest(:owners::text[], :depths::integer[]) AS o(name, depth) CROSS JOIN LATERAL (
          SELECT coalesce(j.owner, '') AS owner, coalesce(j.repository, '') AS repository,
            coalesce(j.concurrency_group, '') AS concurrency_group, j.concurrency_max, j.public,
            j.queue::text AS queue
          FROM jobs j
          WHERE j.asks AND coalesce(j.owner, '') = o.name
          ORDER BY coalesce(j.owner, ''), coalesce(j.repository, ''),
            coalesce(j.concurrency_group, ''), j.concurrency_max, j.public, j.queue
          LIMIT 1) AS first
        UNION ALL
        SELECT next.*, lane.depth FROM lane CROSS JOIN LATERAL (
          SELECT coalesce(j.owner, '') AS owner, coalesce(j.repository, '') AS repository,
            coalesce(j.concurrency_group, '') AS concurrency_group, j.concurrency_max, j.public,
            j.queue::text AS queue
          FROM jobs j
          WHERE j.asks AND coalesce(j.owner, '') <= lane.owner
            AND (coalesce(j.owner, ''), coalesce(j.repository, ''),
                 coalesce(j.concurrency_group, ''), j.concurrency_max, j.public, j.queue)
              > (lane.owner, lane.repository, lane.concurrency_group, lane.concurrency_max,
                 lane.public, lane.queue)
          ORDER BY coalesce(j.owner, ''), coalesce(j.repository, ''),
            coalesce(j.concurrency_group, ''), j.concurrency_max, j.public, j.queue
          LIMIT 1) AS next
      )
      """;

  /** The first of each lane; of a concurrency group no more than could ever run of it. */
  static final String ASKING =
      LANES
          + """
      SELECT asking.* FROM lane CROSS JOIN LATERAL (
        SELECT j.id, j.priority, j.owner, j.repository, j.concurrency_group, j.concurrency_max,
          j.queue, j.public
        FROM jobs j
        WHERE j.asks AND coalesce(j.owner, '') = lane.owner
          AND coalesce(j.repository, '') = lane.repository
          AND coalesce(j.concurrency_group, '') = lane.concurrency_group
          AND j.concurrency_max = lane.concurrency_max AND j.public = lane.public
          AND j.queue = lane.queue AND (j.held_until IS NULL OR j.held_until <= now())
        ORDER BY coalesce(j.owner, ''), coalesce(j.repository, ''),
          coalesce(j.concurrency_group, ''), j.concurrency_max, j.public, j.queue,
          (CASE WHEN j.concurrency_group IS NULL THEN -j.priority ELSE 0 END), j.id
        LIMIT CASE WHEN lane.concurrency_group = '' THEN lane.depth
                   ELSE least(lane.depth, lane.concurrency_max) END) AS asking
      """;

  /**
   * How many stand before a job, lane by lane; each is walked as far as it stands before it. In a
   * concurrency group that is by age.
   */
  static final String AHEAD =
      LANES
          + """
      SELECT count(*)::int FROM (
        SELECT FROM (SELECT * FROM lane LIMIT 1000) AS lane CROSS JOIN LATERAL (
          SELECT j.id FROM jobs j
          WHERE j.asks AND coalesce(j.owner, '') = lane.owner
            AND coalesce(j.repository, '') = lane.repository
            AND coalesce(j.concurrency_group, '') = lane.concurrency_group
            AND j.concurrency_max = lane.concurrency_max AND j.public = lane.public
            AND j.queue = lane.queue
            AND (CASE WHEN j.concurrency_group IS NULL THEN -j.priority ELSE 0 END, j.id)
              < (CASE WHEN lane.concurrency_group = '' THEN :rank::integer ELSE 0 END,
                 :id::bigint)
          LIMIT lane.depth) AS ahead
        LIMIT :most) AS ahead
      """;

  /** Whose jobs ask, from behind this name on. */
  static final String OWNERS_ASKING =
      """
      WITH RECURSIVE owner AS (
        (SELECT coalesce(owner, '') AS name FROM jobs
         WHERE asks AND coalesce(owner, '') > :after::text
         ORDER BY coalesce(owner, '') LIMIT 1)
        UNION ALL
        SELECT next.name FROM owner CROSS JOIN LATERAL (
          SELECT coalesce(j.owner, '') AS name FROM jobs j
          WHERE j.asks AND coalesce(j.owner, '') > owner.name
          ORDER BY coalesce(j.owner, '') LIMIT 1) AS next
      )
      SELECT name FROM owner LIMIT :chunk
      """;

  /** Whose jobs ask in one of these repositories, each found by a step of the index. */
  static final String WAITING_IN_REPOSITORY =
      """
      WITH RECURSIVE waiting AS (
        SELECT first.* FROM unnest(:names::text[]) AS r(name) CROSS JOIN LATERAL (
          SELECT j.repository::text AS name, coalesce(j.owner, '') AS owner FROM jobs j
          WHERE j.asks AND j.repository IS NOT NULL
            AND (j.repository, coalesce(j.owner, '')) >= (r.name, '') AND j.repository <= r.name
          ORDER BY j.repository, coalesce(j.owner, '') LIMIT 1) AS first
        UNION ALL
        SELECT next.* FROM waiting w CROSS JOIN LATERAL (
          SELECT j.repository::text AS name, coalesce(j.owner, '') AS owner FROM jobs j
          WHERE j.asks AND j.repository IS NOT NULL
            AND (j.repository, coalesce(j.owner, '')) > (w.name, w.owner) AND j.repository <= w.name
          ORDER BY j.repository, coalesce(j.owner, '') LIMIT 1) AS next
      )
      SELECT DISTINCT owner FROM waiting
      """;

  /** The same, of concurrency groups. */
  static final String WAITING_IN_GROUP =
      WAITING_IN_REPOSITORY.replace("j.repository", "j.concurrency_group");

  /** How many ask, counted so far at most, and since when. */
  static final String COUNTS =
      """
      SELECT o.name, counted.asking, counted.since
      FROM unnest(:owners::text[]) AS o(name) CROSS JOIN LATERAL (
        SELECT count(*)::int AS asking, min(oldest.created_at) AS since FROM (
          SELECT j.created_at FROM jobs j
          WHERE j.asks AND coalesce(j.owner, '') = o.name LIMIT :most) AS oldest) AS counted
      """;

  private final JdbcClient jdbc;

  AskingStatements(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Those that ask.
   *
   * @param depths by owner, how many of each lane at most
   */
  List<Asking> asking(Map<String, Integer> depths) {
    return jdbc.sql(ASKING)
        .param("owners", array(depths.keySet()))
        .param("depths", depths.values().toArray(Integer[]::new))
        .query(AskingStatements::asking)
        .list();
  }

  /** How many of these owners' jobs stand before this one, counted so far at most. */
  int ahead(Collection<String> owners, Asking job, int most) {
    return jdbc.sql(AHEAD)
        .param("owners", array(owners))
        .param("depths", owners.stream().map(owner -> most).toArray(Integer[]::new))
        .param("rank", -job.priority())
        .param("id", job.id())
        .param("most", most)
        .query((row, n) -> row.getInt(1))
        .single();
  }

  List<String> ownersAsking(String after, int chunk) {
    return jdbc.sql(OWNERS_ASKING)
        .param("after", after)
        .param("chunk", chunk)
        .query((row, n) -> row.getString("name"))
        .list();
  }

  Set<String> waitingInRepository(Collection<String> names) {
    return waiting(WAITING_IN_REPOSITORY, names);
  }

  Set<String> waitingInGroup(Collection<String> names) {
    return waiting(WAITING_IN_GROUP, names);
  }

  private Set<String> waiting(String statement, Collection<String> names) {
    return names.isEmpty()
        ? Set.of()
        : Set.copyOf(
            jdbc.sql(statement)
                .param("names", array(names))
                .query((row, n) -> row.getString("owner"))
                .list());
  }

  Map<String, Counts> counts(Collection<String> owners, int most) {
    return jdbc
        .sql(COUNTS)
        .param("owners", array(owners))
        .param("most", most)
        .query(
            (row, n) -> {
              var since = row.getObject("since", OffsetDateTime.class);
              return Map.entry(
                  row.getString("name"),
                  new Counts(row.getInt("asking"), since == null ? null : since.toInstant()));
            })
        .list()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Asking asking(ResultSet row, int n) throws SQLException {
    var owner = row.getString("owner");
    return new Asking(
        row.getLong("id"),
        row.getInt("priority"),
        owner == null ? "" : owner,
        row.getString("repository"),
        row.getString("concurrency_group"),
        row.getInt("concurrency_max"),
        row.getString("queue"),
        row.getBoolean("public"));
  }

  private static String[] array(Collection<String> names) {
    return names.toArray(String[]::new);
  }

  /** What asks of an owner, and since when; null when nothing does. */
  record Counts(int asking, @Nullable Instant since) {}
}
