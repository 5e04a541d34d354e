package io.junction.api.build;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How builds are searched. */
@Component
class BuildPageStatements {

  /** How many builds a page examines at most, so that no filter makes it walk all of them. */
  static final int WINDOW = 10_000;

  static final String PAGE =
      """
      WITH newest AS (
        SELECT id, state, owner, repository, branch FROM builds
        WHERE id < coalesce(:before::bigint, 9223372036854775807)
        ORDER BY id DESC LIMIT :window
      ), matching AS (
        SELECT id FROM newest
        WHERE (:state::text IS NULL OR state = :state)
          AND (:owner::text IS NULL OR owner = :owner)
          AND (:repository::text IS NULL OR repository = :repository)
          AND (:branch::text IS NULL OR branch = :branch)
        ORDER BY id DESC LIMIT :limit
      )
      SELECT id, false AS is_end FROM matching
      UNION ALL
      SELECT min(id), true FROM newest HAVING count(*) = :window
      """;

  private final JdbcClient jdbc;

  BuildPageStatements(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The newest builds that match, and where the search ended when it was not at the end. */
  Found page(Filter filter) {
    var rows =
        jdbc.sql(PAGE)
            .param("before", filter.before())
            .param("state", filter.state())
            .param("owner", filter.owner())
            .param("repository", filter.repository())
            .param("branch", filter.branch())
            .param("limit", filter.limit())
            .param("window", WINDOW)
            .query((row, n) -> new Row(row.getLong("id"), row.getBoolean("is_end")))
            .list();
    var ids = rows.stream().filter(row -> !row.isEnd()).map(Row::id).toList();
    var end = rows.stream().filter(Row::isEnd).map(Row::id).findFirst();
    Long next = ids.size() == filter.limit() ? ids.getLast() : end.orElse(null);
    return new Found(ids, next);
  }

  /**
   * Which builds a page is to show, newest first.
   *
   * @param before only builds with a smaller id
   */
  record Filter(
      @Nullable String state,
      @Nullable String owner,
      @Nullable String repository,
      @Nullable String branch,
      @Nullable Long before,
      int limit) {}

  record Found(List<Long> ids, @Nullable Long next) {}

  private record Row(long id, boolean isEnd) {}
}
