package io.junction.bench.measure;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the server itself has counted. */
final class CounterStatements {

  private static final String COUNTERS =
      """
      SELECT /* bench counters */
        (SELECT coalesce(sum(calls), 0)::bigint FROM public.pg_stat_statements
         WHERE query !~ '(bench counters|^BEGIN|^COMMIT|^ROLLBACK)') AS statements,
        pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS commits,
        pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint AS wal_bytes,
        (SELECT coalesce(sum(n_dead_tup), 0)::bigint FROM pg_stat_user_tables
         WHERE schemaname = 'junction') AS dead_tuples
      """;

  private static final String LIST =
      """
      SELECT /* bench counters */ calls, total_exec_time AS millis, rows,
        left(regexp_replace(query, '\\s+', ' ', 'g'), 100) AS query
      FROM public.pg_stat_statements
      WHERE query !~ '(bench counters|^BEGIN|^ROLLBACK)'
      ORDER BY total_exec_time DESC LIMIT 25
      """;

  private static final String FORGET =
      "SELECT /* bench counters */ public.pg_stat_statements_reset() IS NOT NULL AS done";

  private final JdbcClient jdbc;

  CounterStatements(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  record Row(long statements, long commits, long walBytes, long deadTuples) {}

  Row read() {
    return jdbc.sql(COUNTERS)
        .query(
            (row, n) ->
                new Row(
                    row.getLong("statements"),
                    row.getLong("commits"),
                    row.getLong("wal_bytes"),
                    row.getLong("dead_tuples")))
        .single();
  }

  /** What took most of the server's time. */
  List<String> list() {
    return jdbc.sql(LIST)
        .query(
            (row, n) ->
                "%8d calls %9.0f ms %9d rows  %s"
                    .formatted(
                        row.getLong("calls"),
                        row.getDouble("millis"),
                        row.getLong("rows"),
                        row.getString("query")))
        .list();
  }

  void forget() {
    jdbc.sql(FORGET).query((row, n) -> row.getBoolean("done")).single();
  }
}
