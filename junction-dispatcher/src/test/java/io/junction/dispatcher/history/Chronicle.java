package io.junction.dispatcher.history;

import io.junction.common.limit.Binding;
import io.junction.dispatcher.history.LimitHistory.Admission;
import io.junction.dispatcher.history.LimitHistory.Change;
import io.junction.dispatcher.history.LimitHistory.Claim;
import io.junction.dispatcher.history.LimitHistory.End;
import io.junction.dispatcher.history.LimitHistory.Limit;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The event log, and beside it, in a schema of the test's own, what each transaction that wrote to
 * it could see, and each change of a limit with what that could see. Both are written by the
 * transactions themselves, so they are there if, and only if, what they tell of has committed.
 */
final class Chronicle implements AutoCloseable {

  private static final String INSTALL =
      """
      CREATE SCHEMA chronicle;
      CREATE TABLE chronicle.looks (
        n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        tx xid8 NOT NULL DEFAULT pg_current_xact_id(),
        seen pg_snapshot NOT NULL DEFAULT pg_current_snapshot());
      CREATE TABLE chronicle.changes (
        n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        tx xid8 NOT NULL DEFAULT pg_current_xact_id(),
        seen pg_snapshot NOT NULL DEFAULT pg_current_snapshot(),
        kind text NOT NULL, name text NOT NULL, of_public integer NOT NULL,
        max integer NOT NULL, boost integer NOT NULL, boost_until timestamptz);
      CREATE FUNCTION chronicle.look() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO chronicle.looks DEFAULT VALUES;
        RETURN NULL;
      END
      $$;
      CREATE TRIGGER looked_at AFTER INSERT ON junction.events
        FOR EACH STATEMENT EXECUTE FUNCTION chronicle.look()
      """;

  /** Each beginning and each end of a job's running, by the states that its events say. */
  private static final String MOVES =
      """
      SELECT tx::text::bigint AS tx, job_id, at, runs FROM (
        SELECT tx, job_id, at, state IN ('queued', 'received', 'started') AS runs,
          lag(state IN ('queued', 'received', 'started'), 1, false)
            OVER (PARTITION BY job_id ORDER BY version) AS ran
        FROM junction.events WHERE job_id IS NOT NULL) AS moves
      WHERE runs <> ran
      """;

  private static final String LOOKS =
      """
      SELECT DISTINCT ON (tx) tx::text::bigint AS tx, seen::text AS seen
      FROM chronicle.looks ORDER BY tx, n
      """;

  private static final String CHANGES =
      "SELECT tx::text::bigint AS id, seen::text AS saw, * FROM chronicle.changes ORDER BY n";

  private static final String OUTCOMES =
      """
      SELECT coalesce(outcome, 'open') AS key, count(*)::int AS n
      FROM junction.assignments GROUP BY outcome
      """;

  private static final String STATES =
      "SELECT state AS key, count(*)::int AS n FROM junction.jobs GROUP BY state";

  private final JdbcClient jdbc;

  /** From here on everything is written down. */
  Chronicle(JdbcClient jdbc) {
    this.jdbc = jdbc;
    close();
    jdbc.sql(INSTALL).update();
  }

  /**
   * A limit as it is when the caller's transaction commits.
   *
   * @param own a client in that transaction
   */
  static void change(JdbcClient own, Limit limit, int ofPublic, int max, int boost, long boostMs) {
    own.sql(
            """
            INSERT INTO chronicle.changes (kind, name, of_public, max, boost, boost_until)
            VALUES (:kind, :name, :ofPublic, :max, :boost, now() + :ms * interval '1 ms')
            """)
        .param("kind", limit.kind().name())
        .param("name", limit.name())
        .param("ofPublic", ofPublic)
        .param("max", max)
        .param("boost", boost)
        .param("ms", boostMs)
        .update();
  }

  /** Judges all that happened; limits that were never changed are given. */
  LimitHistory.Evidence judge(Map<Long, Claim> claims, List<Change> limits) {
    var seen = new HashMap<Long, Snapshot>();
    jdbc.sql(LOOKS)
        .query((row, n) -> seen.put(row.getLong("tx"), Snapshot.parse(row.getString("seen"))))
        .list();
    var admissions = new LinkedHashMap<Long, Admission>();
    var ends = new ArrayList<End>();
    jdbc.sql(MOVES)
        .query(
            (row, n) -> {
              long tx = row.getLong("tx");
              if (!row.getBoolean("runs")) {
                return ends.add(new End(tx, row.getLong("job_id")));
              }
              var at = row.getObject("at", OffsetDateTime.class).toInstant();
              return admissions
                  .computeIfAbsent(tx, id -> admission(id, seen, at))
                  .jobs()
                  .add(row.getLong("job_id"));
            })
        .list();
    var changes = new ArrayList<>(limits);
    changes.addAll(changes());
    return LimitHistory.judge(claims, List.copyOf(admissions.values()), ends, changes);
  }

  private static Admission admission(long tx, Map<Long, Snapshot> seen, Instant at) {
    return new Admission(tx, Objects.requireNonNull(seen.get(tx)), at, new ArrayList<>());
  }

  private List<Change> changes() {
    return jdbc.sql(CHANGES)
        .query(
            (row, n) ->
                new Change(
                    row.getLong("id"),
                    Snapshot.parse(row.getString("saw")),
                    new Limit(Binding.Kind.valueOf(row.getString("kind")), row.getString("name")),
                    row.getInt("of_public"),
                    row.getInt("max"),
                    row.getInt("boost"),
                    instant(row.getObject("boost_until", OffsetDateTime.class))))
        .list();
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime at) {
    return at == null ? null : at.toInstant();
  }

  Map<String, Integer> states() {
    return counts(STATES);
  }

  Map<String, Integer> outcomes() {
    return counts(OUTCOMES);
  }

  private Map<String, Integer> counts(String sql) {
    var counts = new TreeMap<String, Integer>();
    jdbc.sql(sql).query((row, n) -> counts.put(row.getString("key"), row.getInt("n"))).list();
    return counts;
  }

  /** The trigger goes with its function: no other test shall pay for it. */
  @Override
  public void close() {
    jdbc.sql("DROP SCHEMA IF EXISTS chronicle CASCADE").update();
  }
}
