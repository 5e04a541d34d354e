package io.junction.dispatcher.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.junction.common.hint.Hint;
import io.junction.common.hint.HintListener;
import io.junction.dispatcher.DispatcherCopy;
import io.junction.dispatcher.Rows;
import io.junction.dispatcher.loop.Wake;
import io.junction.testing.Postgres;
import io.junction.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

@Postgres
class DispatcherPostgresTest {

  private static final String LINUX = "builds.linux";

  private DispatcherCopy copy;
  private Dispatcher dispatcher;
  private Rows rows;

  @BeforeEach
  void start(TestDatabase database) {
    rows = new Rows(database);
    copy = new DispatcherCopy();
    dispatcher = copy.get(Dispatcher.class);
  }

  @AfterEach
  void stop() {
    copy.close();
  }

  @Test
  void the_oldest_of_the_highest_priority_goes_first() {
    rows.queue(LINUX, 3);
    rows.worker(LINUX, 10);
    var jobs = rows.jobs(LINUX, 4);
    rows.run("UPDATE junction.jobs SET priority = 5 WHERE id = ?", jobs.get(3));
    rows.run(
        "UPDATE junction.jobs SET queued_at = now() - interval '1 h' WHERE id = ?", jobs.get(2));

    assertThat(dispatcher.run(Wake.POLL)).isEqualTo(new DispatchRound(1, 3, 0, false));
    assertThat(placed()).containsExactlyInAnyOrder(jobs.get(3), jobs.get(2), jobs.get(0));
  }

  @Test
  void a_placed_job_is_still_queued_and_has_an_open_assignment_of_its_attempt() {
    var worker = rows.worker(LINUX, 1);
    long job = rows.job(LINUX);
    rows.run("UPDATE junction.jobs SET attempt = 3 WHERE id = ?", job);

    dispatcher.run(Wake.POLL);
    assertThat(
            rows.text(
                """
                SELECT concat_ws(
                  ' ', j.state, a.worker_id, a.queue, a.attempt, a.listed, a.ended_at)
                FROM junction.jobs j JOIN junction.assignments a ON a.id = j.assignment_id
                """))
        .isEqualTo("queued " + worker + " builds.linux 3 f");
  }

  @Test
  void live_assignments_count_against_the_capacity_also_those_of_the_dead() {
    rows.queue(LINUX, 3);
    var dead = rows.worker(LINUX, 10);
    rows.running(LINUX, dead);
    rows.running(LINUX, dead);
    rows.run("UPDATE junction.workers SET lost_at = now()");
    rows.worker(LINUX, 10);
    rows.jobs(LINUX, 5);

    assertThat(dispatcher.run(Wake.POLL).placed()).isEqualTo(1);
    assertThat(dispatcher.run(Wake.POLL).placed()).isZero();
  }

  @Test
  void a_worker_is_filled_up_to_its_maximum_and_one_without_up_to_ten_thousand() {
    var two = rows.worker(LINUX, 2);
    rows.jobs(LINUX, 5);
    assertThat(dispatcher.run(Wake.POLL).placed()).isEqualTo(2);
    assertThat(workers()).containsExactly(two, two);

    rows.worker(LINUX, null);
    assertThat(dispatcher.run(Wake.POLL).placed()).isEqualTo(3);
  }

  @Test
  void the_workers_that_got_something_are_told_with_the_commit() throws InterruptedException {
    var worker = rows.worker(LINUX, 2);
    rows.jobs(LINUX, 2);
    var heard = new LinkedBlockingQueue<Hint>();
    var listener = HintListener.forWorkers(new TestConnection(), heard::add);
    listener.start();
    try {
      assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo(new Hint.Unknown());
      dispatcher.run(Wake.POLL);
      assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo(new Hint.Workers(Set.of(worker)));
    } finally {
      listener.stop();
    }
  }

  @Test
  void a_paused_queue_gives_out_nothing() {
    rows.worker(LINUX, 2);
    rows.jobs(LINUX, 2);
    rows.run("UPDATE junction.queues SET paused_at = now()");
    assertThat(dispatcher.run(Wake.POLL).placed()).isZero();
  }

  @Test
  void nothing_goes_to_who_drains_is_retired_lost_or_past_its_lease() {
    rows.run("UPDATE junction.workers SET draining_at = now() WHERE id = ?", rows.worker(LINUX, 9));
    rows.run("UPDATE junction.workers SET retired_at = now() WHERE id = ?", rows.worker(LINUX, 9));
    rows.run("UPDATE junction.workers SET lost_at = now() WHERE id = ?", rows.worker(LINUX, 9));
    rows.silentFor(rows.worker(LINUX, 9), "21 s");
    rows.jobs(LINUX, 9);
    assertThat(hinted(LINUX).placed()).isZero();

    rows.silentFor(rows.worker(LINUX, 9), "19 s");
    assertThat(hinted(LINUX).placed()).isEqualTo(9);
  }

  @Test
  void a_queue_is_served_by_its_own_workers_only() {
    rows.worker("other", 9);
    rows.job(LINUX);
    assertThat(hinted(LINUX).placed()).isZero();
  }

  @Test
  void a_backlog_without_workers_is_not_even_looked_at() {
    rows.jobs(LINUX, 3);
    rows.run("UPDATE junction.workers SET lost_at = now() WHERE id = ?", rows.worker(LINUX, 9));
    rows.silentFor(rows.worker("silent", 9), "1 h");
    rows.jobs("silent", 3);
    assertThat(dispatcher.run(Wake.POLL)).isEqualTo(new DispatchRound(0, 0, 0, false));
  }

  @Test
  void it_is_idle_when_no_job_waits_in_any_line_even_without_a_worker() {
    rows.worker("other", 9);
    assertThat(dispatcher.run(Wake.POLL).idle()).isTrue();
    rows.job(LINUX);
    assertThat(dispatcher.run(Wake.POLL).idle()).isFalse();
  }

  /** The scheduler queues by an UPDATE, and no hint goes with that. */
  @Test
  void beside_an_external_scheduler_it_is_never_idle() {
    try (var external = new DispatcherCopy(Map.of("junction.limiter.enabled", "false"))) {
      assertThat(external.get(Dispatcher.class).run(Wake.POLL).idle()).isFalse();
    }
  }

  @Test
  void a_hint_leads_to_its_queue_only_and_a_poll_to_all() {
    rows.worker(LINUX, 9);
    rows.worker("mac", 9);
    rows.job(LINUX);
    rows.job("mac");
    assertThat(hinted("mac")).isEqualTo(new DispatchRound(1, 1, 0, false));
    assertThat(dispatcher.run(Wake.HINT)).isEqualTo(new DispatchRound(0, 0, 0, false));
    assertThat(dispatcher.run(Wake.POLL)).isEqualTo(new DispatchRound(1, 1, 0, false));
  }

  @Test
  void a_full_batch_is_followed_by_another_round_and_no_queue_starves() {
    try (var small = new DispatcherCopy(Map.of("junction.dispatcher.batch", "4"))) {
      var batches = small.get(Dispatcher.class);
      for (var queue : List.of("a", "b")) {
        rows.worker(queue, 100);
        rows.jobs(queue, 6);
      }
      assertThat(batches.run(Wake.POLL)).isEqualTo(new DispatchRound(2, 4, 2, false));
      assertThat(batches.run(Wake.HINT)).isEqualTo(new DispatchRound(2, 4, 2, false));
      assertThat(placedIn("a")).isPositive();
      assertThat(placedIn("b")).isPositive();
      assertThat(batches.run(Wake.HINT).placed()).isEqualTo(4);
      assertThat(placedIn("a") + placedIn("b")).isEqualTo(12);
    }
  }

  @Test
  void more_queues_than_a_chunk_take_several_rounds() {
    try (var small = new DispatcherCopy(Map.of("junction.dispatcher.chunk", "2"))) {
      var chunks = small.get(Dispatcher.class);
      for (var queue : List.of("a", "b", "c")) {
        rows.worker(queue, 1);
        rows.job(queue);
      }
      assertThat(chunks.run(Wake.POLL)).isEqualTo(new DispatchRound(2, 2, 1, false));
      assertThat(chunks.run(Wake.HINT)).isEqualTo(new DispatchRound(1, 1, 0, false));
    }
  }

  @Test
  void a_round_that_fails_places_nothing_and_keeps_its_queues_in_mind() {
    rows.worker(LINUX, 9);
    rows.jobs(LINUX, 3);
    rows.run("ALTER TABLE junction.assignments ADD CONSTRAINT no_more CHECK (false) NOT VALID");
    try {
      assertThatThrownBy(() -> hinted(LINUX)).isInstanceOf(DataAccessException.class);
    } finally {
      rows.run("ALTER TABLE junction.assignments DROP CONSTRAINT no_more");
    }
    assertThat(placed()).isEmpty();
    assertThat(dispatcher.run(Wake.HINT).placed()).isEqualTo(3);
  }

  @Test
  void what_somebody_else_is_changing_is_passed_over() {
    rows.worker(LINUX, 9);
    var jobs = rows.jobs(LINUX, 3);
    copy.transaction()
        .executeWithoutResult(
            status -> {
              copy.get(JdbcClient.class)
                  .sql("SELECT id FROM jobs WHERE id = ? FOR UPDATE")
                  .param(jobs.get(0))
                  .query((row, n) -> row.getLong(1))
                  .single();
              var other = new DispatcherCopy();
              assertThat(other.get(Dispatcher.class).run(Wake.POLL).placed()).isEqualTo(2);
              other.close();
            });
    assertThat(dispatcher.run(Wake.POLL).placed()).isEqualTo(1);
  }

  @Test
  void a_slot_that_becomes_free_is_news_where_jobs_were_left_waiting() {
    rows.worker("one", 1);
    rows.worker("enough", 5);
    rows.jobs("one", 2);
    rows.jobs("enough", 2);
    assertThat(dispatcher.hears(new Hint.Slot("one"))).isFalse();
    assertThat(dispatcher.run(Wake.POLL).placed()).isEqualTo(3);

    assertThat(dispatcher.hears(new Hint.Slot("enough"))).isFalse();
    assertThat(dispatcher.hears(new Hint.Slot("one"))).isTrue();
  }

  private DispatchRound hinted(String queue) {
    assertThat(dispatcher.hears(new Hint.Queue(queue))).isTrue();
    return dispatcher.run(Wake.HINT);
  }

  private List<Long> placed() {
    return rows.texts("SELECT id FROM junction.jobs WHERE assignment_id IS NOT NULL").stream()
        .map(Long::valueOf)
        .toList();
  }

  private List<UUID> workers() {
    return rows.texts("SELECT worker_id FROM junction.assignments").stream()
        .map(UUID::fromString)
        .toList();
  }

  private long placedIn(String queue) {
    return rows.number("SELECT count(*) FROM junction.assignments WHERE queue = ?", queue);
  }

  private record TestConnection() implements JdbcConnectionDetails {

    @Override
    public String getUsername() {
      return TestDatabase.shared().username();
    }

    @Override
    public String getPassword() {
      return TestDatabase.shared().password();
    }

    @Override
    public String getJdbcUrl() {
      return TestDatabase.shared().jdbcUrl();
    }
  }
}
