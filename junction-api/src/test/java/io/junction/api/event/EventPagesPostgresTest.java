package io.junction.api.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.testing.KeyedPlans;
import io.junction.testing.Postgres;
import io.junction.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The interleavings of decision 0016. */
@Postgres
class EventPagesPostgresTest {

  private final TestDatabase database;
  private final EventStatements statements;
  private final List<Writer> writers = new ArrayList<>();
  private Follower follower;
  private Writer a;
  private Writer b;
  private Writer c;

  EventPagesPostgresTest(TestDatabase database) {
    this.database = database;
    this.statements = new EventStatements(JdbcClient.create(database.inSchema()));
  }

  @BeforeEach
  void connect() {
    a = writer();
    b = writer();
    c = writer();
    follower = new Follower(statements);
  }

  @AfterEach
  void disconnect() {
    writers.forEach(Writer::close);
  }

  @Test
  void what_is_committed_is_told_in_its_order() {
    a.write(1);
    a.write(1);
    b.write(2);
    a.commit();
    b.commit();
    assertThat(follower.readAll(10)).containsExactly(1L, 2L, 3L);
    assertThat(follower.readAll(10)).isEmpty();
  }

  @Test
  void a_lower_id_that_becomes_visible_later_comes_late() {
    a.write(1);
    commit(2);
    assertThat(follower.readAll(10)).containsExactly(2L);
    a.commit();
    assertThat(follower.readAll(10)).containsExactly(1L);
    assertThat(follower.readAll(10)).isEmpty();
  }

  /** The database's snapshot does not list it: nobody who began later has ended. */
  @Test
  void the_youngest_transaction_is_under_way_although_no_snapshot_lists_it() {
    a.write(1);
    b.begin();
    assertThat(follower.readAll(10)).isEmpty();
    a.commit();
    assertThat(follower.readAll(10)).containsExactly(1L);
    b.write(1);
    assertThat(follower.readAll(10)).isEmpty();
    b.commit();
    assertThat(follower.readAll(10)).containsExactly(2L);
  }

  @Test
  void a_transaction_that_begins_after_the_look_has_higher_ids() {
    assertThat(follower.readAll(10)).isEmpty();
    a.write(1);
    commit(2);
    a.commit();
    assertThat(follower.readAll(10)).containsExactly(1L, 2L);
  }

  @Test
  void a_transaction_may_have_ids_on_both_sides_of_the_position() {
    a.write(1);
    commit(2);
    assertThat(follower.readAll(10)).containsExactly(2L);
    a.write(1);
    commit(2);
    assertThat(follower.readAll(10)).containsExactly(4L);
    a.write(1);
    a.commit();
    assertThat(follower.readAll(10)).containsExactly(1L, 3L, 5L);
  }

  @Test
  void a_page_that_is_cut_goes_on_where_it_ended_whatever_was_committed_since() {
    a.write(1);
    commit(2);
    b.write(3);
    commit(4);
    commit(5);
    assertThat(follower.read(1)).containsExactly(2L);
    b.commit();
    a.commit();
    assertThat(follower.read(2)).containsExactly(1L, 3L);
    assertThat(follower.read(1)).containsExactly(4L);
    assertThat(follower.readAll(1)).containsExactly(5L);
  }

  @Test
  void who_comes_late_while_others_that_came_late_are_told_comes_after_them() {
    a.write(1);
    b.write(2);
    c.write(3);
    b.write(2);
    commit(4);
    assertThat(follower.readAll(10)).containsExactly(5L);
    a.commit();
    b.commit();
    assertThat(follower.read(1)).containsExactly(1L);
    c.commit();
    assertThat(follower.readAll(1)).containsExactly(2L, 4L, 3L);
    assertThat(follower.readAll(1)).isEmpty();
  }

  /** Others take ids while a statement writes its events, and it writes while others look. */
  @Test
  void a_run_that_comes_late_is_found_by_its_first_wherever_the_look_came() {
    a.write(1, 3);
    commit(2);
    a.write(1);
    commit(2);
    a.write(1);
    a.write(3);
    a.write(4, 2);
    commit(2);
    assertThat(follower.readAll(10)).containsExactly(2L, 4L, 8L);
    a.write(4);
    commit(2);
    a.commit();
    assertThat(follower.read(2)).containsExactly(1L, 3L);
    assertThat(follower.readAll(2)).containsExactly(5L, 6L, 7L, 9L, 10L);
  }

  @Test
  void what_was_rolled_back_is_told_to_nobody() {
    a.write(1);
    commit(2);
    a.write(1);
    assertThat(follower.readAll(10)).containsExactly(2L);
    a.rollBack();
    commit(2);
    assertThat(follower.readAll(10)).containsExactly(4L);
  }

  @Test
  void a_savepoint_belongs_to_its_transaction() {
    a.execute("SAVEPOINT one");
    a.write(1);
    a.execute("SAVEPOINT two");
    a.write(1);
    a.execute("ROLLBACK TO two");
    a.execute("SAVEPOINT three");
    a.write(1);
    a.execute("RELEASE three");
    commit(2);
    assertThat(follower.readAll(10)).containsExactly(4L);
    a.commit();
    assertThat(follower.readAll(10)).containsExactly(1L, 3L);
  }

  @Test
  void a_transaction_that_stays_open_holds_nobody_up_and_costs_a_cursor_a_few_bytes() {
    var without = follower.cursor();
    a.write(1);
    for (long id = 2; id < 200; id++) {
      commit(2);
      assertThat(follower.readAll(10)).containsExactly(id);
    }
    assertThat(follower.cursor()).hasSizeLessThan(without.length() + 12);
    a.commit();
    assertThat(follower.readAll(10)).containsExactly(1L);
  }

  @Test
  void who_comes_back_with_the_cursor_of_any_event_is_told_what_followed_it() {
    a.write(1);
    b.write(2);
    commit(3);
    commit(3);
    follower.readAll(2);
    b.write(2);
    a.commit();
    b.commit();
    c.write(4);
    commit(5);
    follower.readAll(2);
    c.commit();
    follower.readAll(2);
    var told = follower.told();
    var all = told.stream().map(Follower.Told::id).toList();
    assertThat(all).containsExactly(3L, 4L, 1L, 2L, 5L, 7L, 6L);
    for (int n = 0; n < all.size(); n++) {
      for (int limit = 1; limit < 4; limit++) {
        follower.goOnBehind(told.get(n));
        assertThat(follower.readAll(limit))
            .as("behind %d by %d", n, limit)
            .containsExactlyInAnyOrderElementsOf(all.subList(n + 1, all.size()));
      }
    }
  }

  /** A cursor of an hour ago does not look at the transactions of an hour. */
  @Test
  void who_comes_back_late_asks_only_for_those_who_were_open_then() {
    a.write(1);
    commit(2);
    follower.readAll(10);
    var then = EventCursor.parse(follower.cursor()).orElseThrow();
    LongStream.range(0, 50).forEach(n -> commit(2));
    a.commit();
    var now = Objects.requireNonNull(statements.head());
    assertThat(then.lateOnTheWayTo(now)).hasSize(1);
    assertThat(follower.readAll(7)).hasSize(51).startsWith(1L).doesNotHaveDuplicates();
  }

  @Test
  void whether_something_behind_a_cursor_may_be_missing_is_known() {
    commit(1);
    commit(1);
    commit(1);
    assertThat(statements.keeps(0)).isTrue();
    database.jdbc().sql("DELETE FROM junction.events WHERE id <= 2").update();
    assertThat(statements.keeps(0)).isFalse();
    assertThat(statements.keeps(1)).isFalse();
    assertThat(statements.keeps(2)).isTrue();
    assertThat(statements.keeps(3)).isTrue();
  }

  @Test
  void each_statement_goes_by_keys_whatever_is_known_of_the_table() {
    var plans = new KeyedPlans(database);
    assertByKeys(plans);
    plans.analyze("events");
    assertByKeys(plans);
    database
        .jdbc()
        .sql(
            """
            INSERT INTO junction.events (kind, version, job_id)
            SELECT 'job:started', 1, n FROM generate_series(1, 50000) AS n
            """)
        .update();
    assertByKeys(plans);
    plans.analyze("events");
    assertByKeys(plans);
  }

  private static void assertByKeys(KeyedPlans plans) {
    assertThat(plans.walks(EventStatements.HEAD)).isEmpty();
    assertThat(plans.lookups(EventStatements.HEAD)).isEmpty();
    assertThat(plans.walks(EventStatements.KEEPS)).isEmpty();
    assertThat(plans.walks(EventStatements.PAGE)).isEmpty();
    assertThat(plans.lookups(EventStatements.PAGE))
        .containsExactlyInAnyOrder(
            "events by events_of_transaction",
            "events by events_of_transaction",
            "events by events_pkey",
            "events by events_pkey");
  }

  private Writer writer() {
    var writer = new Writer(database.inSchema());
    writers.add(writer);
    return writer;
  }

  private void commit(long job) {
    try (var writer = new Writer(database.inSchema())) {
      writer.write(job);
      writer.commit();
    }
  }
}
