package io.junction.dispatcher.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.junction.dispatcher.DispatcherCopy;
import io.junction.dispatcher.Rows;
import io.junction.dispatcher.loop.Wake;
import io.junction.testing.KeyedPlans;
import io.junction.testing.Postgres;
import io.junction.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;

/**
 * A dispatcher that remembers where a line began overtakes nobody; the numbers are those of
 * decision 0015. Its queue has one slot more for each round, so a round places the first job.
 */
@Postgres
class LineStartPostgresTest {

  private static final String FIRST =
      """
      SELECT id FROM junction.jobs WHERE state = 'queued' AND assignment_id IS NULL
      ORDER BY priority DESC, queued_at, id LIMIT 1 FOR UPDATE SKIP LOCKED
      """;

  private static final Pattern BUFFERS =
      Pattern.compile("Buffers: shared hit=(?<hit>\\d+)(?: read=(?<read>\\d+))?");

  private final TestDatabase database;
  private final Rows rows;
  private final List<Connection> schedulers = new ArrayList<>();
  private DispatcherCopy copy;

  LineStartPostgresTest(TestDatabase database) {
    this.database = database;
    this.rows = new Rows(database);
  }

  @BeforeEach
  void start() {
    copy = new DispatcherCopy();
    rows.worker("a", 10_000);
  }

  @AfterEach
  void stop() throws SQLException {
    copy.close();
    for (var scheduler : schedulers) {
      scheduler.close();
    }
  }

  @Test
  void interleaving_1_a_transaction_that_was_under_way() throws SQLException {
    var jobs = rows.jobs("a", 3);
    var scheduler = scheduler();
    long old = insert(scheduler, 0, "1 h");

    assertThat(round()).isEqualTo(jobs.get(0));
    assertThat(round()).isEqualTo(jobs.get(1));
    scheduler.commit();
    assertThat(round()).isEqualTo(old);
    assertThat(round()).isEqualTo(jobs.get(2));
  }

  @Test
  void interleaving_2_a_transaction_that_wrote_later() throws SQLException {
    var jobs = rows.jobs("a", 3);
    var scheduler = scheduler();
    number(scheduler, "SELECT count(*) FROM junction.jobs");
    round();
    round();
    long old = insert(scheduler, 0, "1 h");
    scheduler.commit();

    assertThat(round()).isEqualTo(old);
    assertThat(round()).isEqualTo(jobs.get(2));
  }

  @Test
  void interleaving_2_after_a_line_that_was_empty() throws SQLException {
    round();
    round();
    var scheduler = scheduler();
    long young = insert(scheduler, 0, "1 s");
    long old = insert(scheduler, 0, "1 h");
    scheduler.commit();

    assertThat(round()).isEqualTo(old);
    assertThat(round()).isEqualTo(young);
  }

  @Test
  void interleaving_3_a_job_that_is_moved_forward() throws SQLException {
    var jobs = rows.jobs("a", 6);
    var elsewhere = rows.job("b");
    var created = rows.job("a");
    rows.run("UPDATE junction.jobs SET state = 'created', queued_at = NULL WHERE id = ?", created);
    round();
    var scheduler = scheduler();
    run(scheduler, "UPDATE junction.jobs SET priority = 1 WHERE id = " + jobs.get(5));
    assertThat(round()).isEqualTo(jobs.get(1));
    scheduler.commit();
    assertThat(round()).isEqualTo(jobs.get(5));

    rows.run(
        "UPDATE junction.jobs SET queued_at = now() - interval '1 h' WHERE id = ?", jobs.get(4));
    assertThat(round()).isEqualTo(jobs.get(4));

    rows.run("UPDATE junction.jobs SET priority = 1, queue = 'a' WHERE id = ?", elsewhere);
    assertThat(round()).isEqualTo(elsewhere);

    rows.run(
        """
        UPDATE junction.jobs SET state = 'queued', queued_at = now() - interval '1 h'
        WHERE id = ?
        """,
        created);
    assertThat(round()).isEqualTo(created);
    assertThat(round()).isEqualTo(jobs.get(2));
  }

  @Test
  void interleaving_4_a_job_that_is_locked_for_a_while() throws SQLException {
    var jobs = rows.jobs("a", 4);
    var canceling = scheduler();
    run(canceling, "SELECT FROM junction.jobs WHERE id = " + jobs.get(0) + " FOR UPDATE");
    assertThat(round()).isEqualTo(jobs.get(1));
    assertThat(round()).isEqualTo(jobs.get(2));
    canceling.rollback();
    assertThat(round()).isEqualTo(jobs.get(0));
  }

  @Test
  void interleaving_5_a_round_that_fails() {
    var jobs = rows.jobs("a", 3);
    assertThat(round()).isEqualTo(jobs.get(0));
    rows.run("ALTER TABLE junction.assignments ADD CONSTRAINT broken CHECK (false) NOT VALID");
    assertThatThrownBy(this::round).isInstanceOf(DataAccessException.class);
    rows.run("ALTER TABLE junction.assignments DROP CONSTRAINT broken");
    assertThat(round()).isEqualTo(jobs.get(1));
  }

  /** Three schedulers write, commit and roll back; whoever is first by then is placed. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whatever_schedulers_do_the_first_goes_first(long seed) throws SQLException {
    var random = new Random(seed);
    for (int i = 0; i < 3; i++) {
      scheduler();
    }
    for (int step = 0; step < 150; step++) {
      var scheduler = schedulers.get(random.nextInt(3));
      switch (random.nextInt(6)) {
        case 0, 1 -> insert(scheduler, random.nextInt(3), random.nextInt(3600) + " s");
        case 2 -> run(scheduler, moved(random));
        case 3 -> scheduler.commit();
        case 4 -> scheduler.rollback();
        default -> {
          var first = rows.texts(FIRST);
          assertThat(first).as("step %d", step).isEqualTo(placedBy(this::round));
        }
      }
    }
  }

  /** What was placed while a transaction stays open is not read again. */
  @Test
  void the_dead_are_not_walked_over() throws SQLException {
    var forgotten = scheduler();
    number(forgotten, "SELECT pg_current_xact_id()::text::bigint");
    rows.jobs("a", 3_000);
    rows.queue("a", 2_990);
    while (copy.get(Dispatcher.class).run(Wake.POLL).placed() > 0) {
      assertThat(rows.number("SELECT count(*) FROM junction.assignments")).isPositive();
    }
    var statements = copy.get(DispatchStatements.class);
    var unknown = List.of(LineStart.unknown("a"));
    var start = statements.look(unknown, 1).starts().getFirst();

    assertThat(start.isEmpty()).isFalse();
    assertThat(pagesOf(start)).isLessThan(pagesOf(unknown.getFirst()) / 3);
  }

  /** Pages that a search for the front reads with the daemons' settings, in the cache or not. */
  private long pagesOf(LineStart start) throws SQLException {
    var session = scheduler();
    run(session, KeyedPlans.SESSION);
    run(session, "SET search_path = junction");
    try (var statement = session.createStatement();
        var plan = statement.executeQuery("EXPLAIN (ANALYZE, BUFFERS) " + frontFrom(start))) {
      while (plan.next()) {
        var whole = BUFFERS.matcher(plan.getString(1)); // the first line is of the whole plan
        if (whole.find()) {
          return Long.parseLong(whole.group("hit")) + number(whole.group("read"));
        }
      }
      throw new IllegalStateException("the plan does not say what it read");
    }
  }

  private static long number(@Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }

  private static String frontFrom(LineStart start) {
    var seen = start.seen() == null ? "'{NULL}'" : "'{\"" + start.seen() + "\"}'";
    return DispatchStatements.FRONT
        .replace(":queues", "'{a}'")
        .replace(":ranks", "'{%d}'".formatted(start.rank()))
        .replace(":since", "'{\"%s\"}'".formatted(start.queuedAt()))
        .replace(":ids", "'{%d}'".formatted(start.job()))
        .replace(":seen", seen)
        .replace(":free", "'{1}'")
        .replace(":batch", "1");
  }

  private static String moved(Random random) {
    return """
        UPDATE junction.jobs SET priority = %d, queued_at = now() - interval '%d s'
        WHERE id = (SELECT id FROM junction.jobs WHERE state = 'queued' AND assignment_id IS NULL
                    ORDER BY id OFFSET %d LIMIT 1 FOR UPDATE SKIP LOCKED)
        """
        .formatted(random.nextInt(3), random.nextInt(3600), random.nextInt(5));
  }

  private List<String> placedBy(Runnable round) {
    long before = rows.number("SELECT count(*) FROM junction.assignments");
    round.run();
    return rows.texts("SELECT job_id FROM junction.assignments ORDER BY number OFFSET ?", before);
  }

  /** Places one more; returns which, or that of the round before if there was none. */
  private long round() {
    rows.queue("a", (int) rows.number("SELECT count(*) FROM junction.assignments") + 1);
    copy.get(Dispatcher.class).run(Wake.POLL);
    return rows.number("SELECT coalesce(max(number), 0) FROM junction.assignments") == 0
        ? 0
        : rows.number("SELECT job_id FROM junction.assignments ORDER BY number DESC LIMIT 1");
  }

  private Connection scheduler() throws SQLException {
    var connection = database.dataSource().getConnection();
    connection.setAutoCommit(false);
    schedulers.add(connection);
    return connection;
  }

  private static long insert(Connection connection, int priority, String age) throws SQLException {
    return number(
        connection,
        """
        INSERT INTO junction.jobs (queue, state, queued_at, priority)
        VALUES ('a', 'queued', now() - interval '%s', %d) RETURNING id
        """
            .formatted(age, priority));
  }

  private static long number(Connection connection, String query) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
