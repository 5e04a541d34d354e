package io.junction.dispatcher.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.junction.dispatcher.DispatcherCopy;
import io.junction.dispatcher.Rows;
import io.junction.dispatcher.loop.Wake;
import io.junction.testing.Postgres;
import io.junction.testing.TestDatabase;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Slots are given to owners in turn. */
@Postgres
class FairDispatchPostgresTest {

  private static final String LINUX = "builds.linux";

  private DispatcherCopy copy;
  private Rows rows;
  private Owners owners;

  @BeforeEach
  void start(TestDatabase database) {
    rows = new Rows(database);
    owners = new Owners(rows);
    rows.worker(LINUX, 10_000);
    copy = new DispatcherCopy(Owners.FAIR);
  }

  @AfterEach
  void stop() {
    copy.close();
  }

  @Test
  void ten_thousand_older_jobs_take_turns_with_ten() {
    owners.jobs(LINUX, "large", 10_000, 60);
    owners.jobs(LINUX, "small", 10, 1);
    assertThat(owners.oneByOne(LINUX, 20, copy))
        .isEqualTo(alternating(List.of("large", "small"), 20));
    assertThat(owners.atOnce(LINUX, 5, copy)).isEqualTo(Map.of("large", 5L));
  }

  @Test
  void slots_that_come_at_once_are_shared_as_those_that_come_one_by_one() {
    owners.jobs(LINUX, "large", 1_000, 60);
    owners.jobs(LINUX, "small", 10, 1);
    assertThat(owners.atOnce(LINUX, 12, copy)).isEqualTo(Map.of("large", 6L, "small", 6L));
    assertThat(owners.atOnce(LINUX, 100, copy)).isEqualTo(Map.of("large", 96L, "small", 4L));
  }

  @Test
  void a_weight_of_three_gets_three_slots_for_one() {
    owners.weight("three", 3);
    owners.jobs(LINUX, "three", 100, 1);
    owners.jobs(LINUX, "one", 100, 60);
    var order = owners.oneByOne(LINUX, 24, copy);
    assertThat(Owners.counted(order)).isEqualTo(Map.of("three", 18L, "one", 6L));
    assertThat(Owners.counted(order.subList(0, 4))).isEqualTo(Map.of("three", 3L, "one", 1L));
  }

  @Test
  void two_dispatchers_share_one_order() {
    owners.jobs(LINUX, "a", 30, 3);
    owners.jobs(LINUX, "b", 30, 2);
    owners.jobs(LINUX, "c", 30, 1);
    try (var other = new DispatcherCopy(Owners.FAIR)) {
      assertThat(owners.oneByOne(LINUX, 30, copy, other))
          .isEqualTo(alternating(List.of("a", "b", "c"), 30));
    }
  }

  @Test
  void who_had_no_jobs_has_earned_nothing() {
    owners.jobs(LINUX, "away", 1, 60);
    owners.jobs(LINUX, "here", 200, 30);
    owners.oneByOne(LINUX, 50, copy);
    owners.jobs(LINUX, "away", 20, 1);
    assertThat(Owners.counted(owners.oneByOne(LINUX, 20, copy)))
        .isEqualTo(Map.of("away", 10L, "here", 10L));
  }

  @Test
  void inside_an_owner_priority_and_age_decide_and_they_do_nothing_beyond() {
    owners.jobs(LINUX, "a", 3, 60);
    owners.jobs(LINUX, "b", 3, 1);
    rows.run("UPDATE junction.jobs SET priority = 7 WHERE id IN (3, 5)");
    rows.run("UPDATE junction.jobs SET queued_at = now() - interval '1 day' WHERE id = 6");
    owners.oneByOne(LINUX, 6, copy);
    assertThat(rows.texts("SELECT job_id FROM junction.assignments ORDER BY number"))
        .containsExactly("3", "5", "1", "6", "2", "4");
  }

  @Test
  void the_jobs_of_nobody_are_one_owner_s() {
    owners.jobs(LINUX, "", 50, 60);
    owners.jobs(LINUX, "a", 50, 2);
    owners.jobs(LINUX, "b", 50, 1);
    assertThat(owners.oneByOne(LINUX, 9, copy)).isEqualTo(alternating(List.of("", "a", "b"), 9));
  }

  @Test
  void each_queue_has_turns_of_its_own() {
    rows.worker("mac", 10_000);
    rows.queue("mac", 0);
    owners.jobs(LINUX, "a", 100, 1);
    owners.jobs("mac", "a", 10, 1);
    owners.jobs("mac", "b", 10, 1);
    owners.atOnce(LINUX, 50, copy);
    assertThat(owners.oneByOne("mac", 4, copy)).isEqualTo(alternating(List.of("a", "b"), 4));
  }

  /** Owners of 1, 2, … 20 jobs; what one has too few of goes to the others. */
  @Test
  void no_slot_stays_idle_while_any_owner_has_a_job() {
    IntStream.rangeClosed(1, 20).forEach(n -> owners.jobs(LINUX, "owner-" + n, n, 1));
    assertThat(owners.atOnce(LINUX, 200, copy).values()).hasSize(20).allMatch(count -> count <= 20);
    assertThat(owners.placed(LINUX)).isEqualTo(200);
    assertThat(copy.get(Dispatcher.class).run(Wake.POLL).placed()).isZero();
    assertThat(owners.atOnce(LINUX, 100, copy).values().stream().mapToLong(n -> n).sum())
        .isEqualTo(10);
  }

  /** A round looks at five hundred of them, and the next goes on behind. */
  @Test
  void of_more_owners_than_a_round_looks_at_each_gets_his_turn() {
    rows.queue(LINUX, 10_000);
    rows.run(
        """
        INSERT INTO junction.jobs (queue, state, owner, queued_at)
        SELECT ?, 'queued', 'owner-' || n % 600, now() FROM generate_series(1, 1200) AS n
        """,
        LINUX);
    var dispatcher = copy.get(Dispatcher.class);
    assertThat(dispatcher.run(Wake.POLL)).isEqualTo(new DispatchRound(1, 1_000, 1, false));
    assertThat(ownersServed()).isEqualTo(500);
    assertThat(dispatcher.run(Wake.HINT).placed()).isEqualTo(200);
    assertThat(ownersServed()).isEqualTo(600);
  }

  @Test
  void a_batch_that_is_filled_is_followed_by_another_and_no_queue_starves() {
    try (var small = new DispatcherCopy(with("junction.dispatcher.batch", "4"))) {
      for (var queue : List.of("a", "b")) {
        rows.worker(queue, 100);
        owners.jobs(queue, "one", 3, 1);
        owners.jobs(queue, "other", 3, 1);
      }
      var dispatcher = small.get(Dispatcher.class);
      assertThat(dispatcher.run(Wake.POLL)).isEqualTo(new DispatchRound(2, 4, 2, false));
      assertThat(dispatcher.run(Wake.HINT)).isEqualTo(new DispatchRound(2, 4, 2, false));
      assertThat(owners.placed("a")).isPositive();
      assertThat(owners.placed("b")).isPositive();
      assertThat(dispatcher.run(Wake.HINT).placed()).isEqualTo(4);
    }
  }

  @Test
  void a_job_that_somebody_else_is_changing_is_passed_over_and_its_slot_is_not_lost() {
    owners.jobs(LINUX, "a", 1, 60);
    owners.jobs(LINUX, "b", 2, 1);
    copy.transaction()
        .executeWithoutResult(
            status -> {
              copy.get(JdbcClient.class)
                  .sql("SELECT id FROM jobs WHERE id = 1 FOR UPDATE")
                  .query((row, n) -> row.getLong(1))
                  .single();
              try (var other = new DispatcherCopy(Owners.FAIR)) {
                assertThat(owners.oneByOne(LINUX, 1, other)).containsExactly("b");
              }
            });
    assertThat(owners.oneByOne(LINUX, 2, copy)).contains("a");
  }

  @Test
  void a_round_that_fails_was_nobody_s_turn() {
    owners.jobs(LINUX, "a", 5, 60);
    owners.jobs(LINUX, "b", 5, 1);
    rows.run("ALTER TABLE junction.assignments ADD CONSTRAINT no_more CHECK (false) NOT VALID");
    try {
      assertThatThrownBy(() -> copy.get(Dispatcher.class).run(Wake.POLL))
          .isInstanceOf(DataAccessException.class);
    } finally {
      rows.run("ALTER TABLE junction.assignments DROP CONSTRAINT no_more");
    }
    assertThat(rows.number("SELECT count(*) FROM junction.queue_turns")).isZero();
    assertThat(owners.oneByOne(LINUX, 2, copy)).containsExactly("a", "b");
  }

  @Test
  void each_owner_who_was_served_has_one_row() {
    owners.jobs(LINUX, "a", 30, 60);
    owners.jobs(LINUX, "b", 30, 1);
    owners.oneByOne(LINUX, 15, copy);
    assertThat(rows.texts("SELECT owner FROM junction.queue_turns ORDER BY owner"))
        .containsExactly("a", "b");
  }

  @Test
  void by_default_the_line_alone_decides_and_no_turn_is_written() {
    try (var fifo = new DispatcherCopy()) {
      owners.jobs(LINUX, "large", 20, 60);
      owners.jobs(LINUX, "small", 10, 1);
      assertThat(owners.atOnce(LINUX, 20, fifo)).isEqualTo(Map.of("large", 20L));
      assertThat(rows.number("SELECT count(*) FROM junction.queue_turns")).isZero();
    }
  }

  private long ownersServed() {
    return rows.number("SELECT count(DISTINCT owner) FROM junction.assignments");
  }

  private static Map<String, String> with(String property, String value) {
    return Map.of("junction.dispatch.fairness", "owner", property, value);
  }

  private static List<String> alternating(List<String> names, int slots) {
    return Collections.nCopies(slots, names).stream().flatMap(List::stream).limit(slots).toList();
  }
}
