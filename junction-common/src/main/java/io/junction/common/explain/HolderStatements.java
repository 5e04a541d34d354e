package io.junction.common.explain;

import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which jobs take the places of a limit: in line, or on an open assignment. */
@Component
class HolderStatements {

  static final String OF_OWNERS =
      """
      SELECT running.id FROM unnest(:owners::text[]) AS o(name) CROSS JOIN LATERAL (
        SELECT a.job_id AS id FROM assignments a WHERE a.outcome IS NULL AND a.owner = o.name
        UNION ALL
        SELECT j.id FROM jobs j WHERE j.line_counts AND j.owner = o.name
        LIMIT :most) AS running
      LIMIT :most
      """;

  static final String OF_OWNER_IN_QUEUE =
      """
      SELECT a.job_id AS id FROM assignments a
      WHERE a.outcome IS NULL AND a.owner = :owner AND a.queue = :queue
      UNION ALL
      SELECT j.id FROM jobs j WHERE j.line_counts AND j.owner = :owner AND j.queue = :queue
      LIMIT :most
      """;

  static final String OF_REPOSITORY =
      """
      SELECT a.job_id AS id FROM assignments a WHERE a.outcome IS NULL AND a.repository = :name
      UNION ALL
      SELECT j.id FROM jobs j WHERE j.line_counts AND j.repository = :name
      LIMIT :most
      """;

  static final String OF_GROUP =
      """
      SELECT a.job_id AS id FROM assignments a
      WHERE a.outcome IS NULL AND a.concurrency_group = :name
      UNION ALL
      SELECT j.id FROM jobs j WHERE j.line_counts AND j.concurrency_group = :name
      LIMIT :most
      """;

  private final JdbcClient jdbc;

  HolderStatements(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  List<Long> ofOwners(Collection<String> owners) {
    return ids(jdbc.sql(OF_OWNERS).param("owners", owners.toArray(String[]::new)));
  }

  List<Long> ofOwnerInQueue(String owner, String queue) {
    return ids(jdbc.sql(OF_OWNER_IN_QUEUE).param("owner", owner).param("queue", queue));
  }

  List<Long> ofRepository(String name) {
    return ids(jdbc.sql(OF_REPOSITORY).param("name", name));
  }

  List<Long> ofGroup(String name) {
    return ids(jdbc.sql(OF_GROUP).param("name", name));
  }

  private static List<Long> ids(JdbcClient.StatementSpec statement) {
    return statement
        .param("most", Reason.MOST_HOLDERS)
        .query((row, n) -> row.getLong("id"))
        .list()
        .stream()
        .sorted()
        .toList();
  }
}
