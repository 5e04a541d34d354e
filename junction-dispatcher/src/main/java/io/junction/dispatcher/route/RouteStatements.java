package io.junction.dispatcher.route;

import io.junction.common.rule.JobFacts;
import io.junction.common.rule.RuleJson;
import java.sql.Array;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The jobs that have no queue yet. */
@Component
class RouteStatements {

  static final String LOOK =
      """
      SELECT count(*) > 0 AS found FROM (
        SELECT FROM jobs WHERE (is_created AND queue IS NULL) IS TRUE
        ORDER BY created_at, id LIMIT 1) AS unrouted
      """;

  /**
   * The oldest, held until the transaction ends; what somebody else holds is left to him. Of each
   * config only the fields that some rule asks for, and of these only so much that it is known when
   * one is too long.
   */
  static final String UNROUTED =
      """
      WITH unrouted AS MATERIALIZED (
        SELECT id, owner, repository, public, created_at FROM jobs
        WHERE (is_created AND queue IS NULL) IS TRUE
        ORDER BY created_at, id LIMIT :batch
        FOR UPDATE SKIP LOCKED
      )
      SELECT u.id, u.owner, u.repository, u.public, ARRAY(
        SELECT left((c.config #> string_to_array(f.name, '.'))::text, :most + 1)
        FROM unnest(:fields::text[]) WITH ORDINALITY AS f(name, n) ORDER BY f.n) AS fields
      FROM unrouted u LEFT JOIN job_configs c ON c.job_id = ANY (ARRAY[u.id])
      """;

  static final String ROUTE =
      """
      WITH routed AS (
        UPDATE jobs j SET queue = r.queue
        FROM unnest(:jobs::bigint[], :queues::text[]) AS r(id, queue)
        WHERE j.id = ANY (ARRAY[r.id]) AND j.state = 'created' AND j.queue IS NULL
        RETURNING coalesce(j.owner, '') AS owner
      )
      SELECT owner, count(*) AS count FROM routed GROUP BY owner
      """;

  private final JdbcClient jdbc;

  RouteStatements(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Whether there is any. */
  boolean look() {
    return jdbc.sql(LOOK).query((row, n) -> row.getBoolean("found")).single();
  }

  /**
   * What rules see of them.
   *
   * @param fields those that some rule asks for
   */
  List<JobFacts> unrouted(List<String> fields, int batch) {
    return jdbc.sql(UNROUTED)
        .param("fields", fields.toArray(String[]::new))
        .param("most", RuleJson.MOST_CHARACTERS)
        .param("batch", batch)
        .query(
            (row, n) ->
                new JobFacts(
                    row.getLong("id"),
                    row.getString("owner"),
                    row.getString("repository"),
                    row.getBoolean("public"),
                    RuleJson.fieldsOf(fields, texts(row.getArray("fields")))))
        .list();
  }

  /** How many got their queue, by owner; those of none have "". */
  List<Routed> route(Map<Long, String> queues) {
    return jdbc.sql(ROUTE)
        .param("jobs", queues.keySet().toArray(Long[]::new))
        .param("queues", texts(queues.values()))
        .query((row, n) -> new Routed(row.getString("owner"), row.getInt("count")))
        .list();
  }

  private static String[] texts(Collection<String> texts) {
    return texts.toArray(String[]::new);
  }

  private static @Nullable String[] texts(Array array) throws SQLException {
    return (@Nullable String[]) array.getArray();
  }

  /** So many jobs of an owner. */
  record Routed(String owner, int jobs) {}
}
