package io.junction.dispatcher.reap;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.dispatcher.DispatcherCopy;
import io.junction.dispatcher.Rows;
import io.junction.dispatcher.loop.Wake;
import io.junction.testing.Postgres;
import io.junction.testing.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The workers' silence is 30 s, their lease 20 s, the take-up limit 40 s. */
@Postgres
class ReaperPostgresTest {

  private static final String LINUX = "builds.linux";

  private DispatcherCopy copy;
  private Reaper reaper;
  private Rows rows;

  @BeforeEach
  void start(TestDatabase database) {
    rows = new Rows(database);
    rows.listeningFor("1 h");
    copy = new DispatcherCopy(Map.of("junction.reaper.take-up", "40s"));
    reaper = copy.get(Reaper.class);
  }

  @AfterEach
  void stop() {
    copy.close();
  }

  @Test
  void a_silent_worker_is_given_up_and_its_jobs_are_created_anew() {
    var worker = rows.worker(LINUX, 4);
    var started = rows.running(LINUX, worker);
    var unseen = rows.placed(LINUX, worker);
    rows.silentFor(worker, "31 s");

    assertThat(round()).isEqualTo("workers 1, lost 2, rejected 0, timed out 0");
    assertThat(rows.text("SELECT lost_at IS NOT NULL FROM junction.workers")).isEqualTo("t");
    for (var assignment : new UUID[] {started, unseen}) {
      assertThat(outcomeOf(assignment)).isEqualTo("lost: worker mac-07 fell silent");
      assertThat(jobOf(assignment)).isEqualTo("created, attempt 2, held false");
    }
    assertThat(round()).isEqualTo("workers 0, lost 0, rejected 0, timed out 0");
    assertThat(counter("junction.workers.lost")).isEqualTo(1);
    assertThat(counter("junction.requeues", "outcome", "lost")).isEqualTo(2);
  }

  @Test
  void a_worker_that_is_not_silent_for_long_enough_keeps_everything() {
    var worker = rows.worker(LINUX, 4);
    var assignment = rows.running(LINUX, worker);
    rows.silentFor(worker, "29 s");
    assertThat(round()).isEqualTo("workers 0, lost 0, rejected 0, timed out 0");
    assertThat(outcomeOf(assignment)).isEqualTo("null: null");
  }

  @Test
  void while_junction_is_deaf_nobody_is_lost() {
    everythingIsSilentFor("1 h");
    rows.deaf();
    assertThat(round()).isEqualTo("workers 0, lost 0, rejected 0, timed out 0");
  }

  @Test
  void after_a_gap_everybody_has_a_full_silence_again() {
    everythingIsSilentFor("1 h");
    rows.listeningFor("29 s");
    assertThat(round()).isEqualTo("workers 0, lost 0, rejected 0, timed out 0");

    rows.listeningFor("31 s");
    assertThat(round()).isEqualTo("workers 1, lost 2, rejected 0, timed out 0");
  }

  @Test
  void an_assignment_of_which_nothing_more_is_heard_is_lost_though_its_worker_lives() {
    var assignment = rows.running(LINUX, rows.worker(LINUX, 4));
    rows.run("UPDATE junction.assignments SET last_heartbeat = now() - interval '31 s'");
    rows.run("UPDATE junction.worker_heartbeats SET listed_at = now() - interval '31 s'");
    rows.listeningFor("29 s");
    assertThat(round()).isEqualTo("workers 0, lost 0, rejected 0, timed out 0");
    rows.listeningFor("1 h");
    assertThat(round()).isEqualTo("workers 0, lost 1, rejected 0, timed out 0");
    assertThat(outcomeOf(assignment)).isEqualTo("lost: worker mac-07 said nothing more of it");
  }

  @Test
  void an_assignment_that_its_worker_lists_is_heard_of_whenever_the_worker_is() {
    var assignment = rows.running(LINUX, rows.worker(LINUX, 4));
    rows.run("UPDATE junction.assignments SET last_heartbeat = now() - interval '1 h'");
    rows.listeningFor("2 h");
    assertThat(round()).isEqualTo("workers 0, lost 0, rejected 0, timed out 0");

    rows.run("UPDATE junction.assignments SET listed = false");
    assertThat(round()).isEqualTo("workers 0, lost 1, rejected 0, timed out 0");
    assertThat(outcomeOf(assignment)).isEqualTo("lost: worker mac-07 said nothing more of it");
  }

  @Test
  void a_job_of_which_nothing_was_heard_for_six_hours_ends_errored() {
    var worker = rows.worker(LINUX, 4);
    var withIt = rows.running(LINUX, worker);
    rows.silentFor(worker, "7 h");
    var alone = rows.running(LINUX, rows.worker(LINUX, 4));
    rows.run(
        "UPDATE junction.assignments SET last_heartbeat = now() - interval '7 h', listed = false"
            + " WHERE id = ?",
        alone);
    rows.listeningFor("5 h");
    assertThat(round()).isEqualTo("workers 1, lost 2, rejected 0, timed out 0");

    var again = rows.running(LINUX, rows.worker(LINUX, 4));
    rows.run("UPDATE junction.assignments SET last_heartbeat = now() - interval '7 h'");
    rows.run("UPDATE junction.worker_heartbeats SET listed_at = now() - interval '7 h'");
    rows.listeningFor("8 h");
    assertThat(round()).isEqualTo("workers 0, lost 0, rejected 0, timed out 1");
    assertThat(outcomeOf(again)).isEqualTo("timed_out: worker mac-07 said nothing more of it");
    assertThat(outcomeOf(withIt)).isEqualTo("lost: worker mac-07 fell silent");
    assertThat(rows.texts("SELECT state FROM junction.jobs WHERE state = 'errored'")).hasSize(1);
  }

  @Test
  void what_a_worker_had_that_fell_silent_long_ago_ends_errored() {
    var worker = rows.worker(LINUX, 4);
    var assignment = rows.running(LINUX, worker);
    rows.silentFor(worker, "7 h");
    rows.listeningFor("8 h");
    assertThat(round()).isEqualTo("workers 1, lost 0, rejected 0, timed out 1");
    assertThat(outcomeOf(assignment)).isEqualTo("timed_out: worker mac-07 fell silent long ago");
  }

  @Test
  void a_lost_job_of_a_build_is_created_anew_and_a_timed_out_one_ends_its_build() {
    var worker = rows.worker(LINUX, 4);
    var lost = rows.running(LINUX, worker);
    var late = rows.running(LINUX, rows.worker(LINUX, 4));
    rows.run("INSERT INTO junction.builds (id) VALUES (1), (2)");
    rows.run(
        "UPDATE junction.jobs SET build_id = 1, timeout_ms = 1000 WHERE assignment_id = ?", late);
    rows.run("UPDATE junction.jobs SET build_id = 2 WHERE assignment_id = ?", lost);
    rows.run(
        "UPDATE junction.assignments SET timeout_at = now() - interval '1 s' WHERE id = ?", late);
    rows.silentFor(worker, "31 s");
    assertThat(round()).isEqualTo("workers 1, lost 1, rejected 0, timed out 1");
    assertThat(rows.texts("SELECT state FROM junction.builds ORDER BY id"))
        .containsExactly("errored", "created");
  }

  @Test
  void an_assignment_that_is_not_taken_up_is_rejected() {
    var assignment = rows.placed(LINUX, rows.worker(LINUX, 4));
    rows.run("UPDATE junction.assignments SET created_at = now() - interval '39 s'");
    assertThat(round()).isEqualTo("workers 0, lost 0, rejected 0, timed out 0");

    rows.run("UPDATE junction.assignments SET created_at = now() - interval '41 s'");
    rows.listeningFor("39 s");
    assertThat(round()).isEqualTo("workers 0, lost 0, rejected 0, timed out 0");
    rows.listeningFor("1 h");
    assertThat(round()).isEqualTo("workers 0, lost 0, rejected 1, timed out 0");
    assertThat(outcomeOf(assignment)).isEqualTo("rejected: worker mac-07 did not take it up");
    assertThat(jobOf(assignment)).isEqualTo("created, attempt 2, held false");
  }

  @Test
  void the_take_up_limit_is_at_least_the_workers_silence() {
    rows.placed(LINUX, rows.worker(LINUX, 4));
    rows.run("UPDATE junction.workers SET silence_ms = 60000");
    rows.run("UPDATE junction.assignments SET created_at = now() - interval '59 s'");
    assertThat(round()).isEqualTo("workers 0, lost 0, rejected 0, timed out 0");
    rows.run("UPDATE junction.assignments SET created_at = now() - interval '61 s'");
    assertThat(round()).isEqualTo("workers 0, lost 0, rejected 1, timed out 0");
  }

  @Test
  void a_job_that_had_its_time_is_errored_and_says_so() {
    var assignment = rows.running(LINUX, rows.worker(LINUX, 4));
    rows.run("UPDATE junction.jobs SET timeout_ms = 5000");
    rows.run("UPDATE junction.assignments SET timeout_at = now() - interval '1 ms'");
    rows.deaf();
    assertThat(round()).isEqualTo("workers 0, lost 0, rejected 0, timed out 1");
    assertThat(outcomeOf(assignment)).isEqualTo("timed_out: timed out after 5000 ms");
    assertThat(rows.text("SELECT state || ': ' || reason FROM junction.jobs"))
        .isEqualTo("errored: timed out after 5000 ms");
  }

  @Test
  void it_looks_again_when_the_next_job_has_had_its_time() {
    rows.running(LINUX, rows.worker(LINUX, 4));
    assertThat(reaper.run(Wake.POLL).nextLook()).isNull();
    rows.run("UPDATE junction.assignments SET timeout_at = now() + interval '1 s'");
    assertThat(reaper.run(Wake.POLL).nextLook()).isBetween(Duration.ZERO, Duration.ofSeconds(1));
  }

  @Test
  void it_is_idle_while_nothing_is_assigned() {
    var worker = rows.worker(LINUX, 4);
    assertThat(reaper.run(Wake.POLL).idle()).isTrue();
    rows.placed(LINUX, worker);
    assertThat(reaper.run(Wake.POLL).idle()).isFalse();
  }

  @Test
  void an_exclusive_job_of_a_dead_worker_is_free_at_once_because_its_lease_has_ended() {
    var worker = rows.worker(LINUX, 4);
    var assignment = rows.running(LINUX, worker);
    rows.run("UPDATE junction.jobs SET exclusive = true");
    rows.silentFor(worker, "31 s");
    reaper.run(Wake.POLL);
    assertThat(jobOf(assignment)).isEqualTo("created, attempt 2, held false");
  }

  @Test
  void an_exclusive_job_of_a_live_worker_is_held_until_that_has_surely_stopped_it() {
    var assignment = rows.placed(LINUX, rows.worker(LINUX, 4));
    rows.run("UPDATE junction.jobs SET exclusive = true");
    rows.run("UPDATE junction.assignments SET created_at = now() - interval '41 s'");
    reaper.run(Wake.POLL);
    assertThat(jobOf(assignment)).isEqualTo("created, attempt 2, held true");
  }

  @Test
  void a_job_without_attempts_left_is_errored_with_the_last_reason() {
    var worker = rows.worker(LINUX, 4);
    rows.running(LINUX, worker);
    rows.run("UPDATE junction.jobs SET attempt = 3, max_attempts = 3");
    rows.silentFor(worker, "31 s");
    reaper.run(Wake.POLL);
    assertThat(rows.text("SELECT state || ': ' || reason FROM junction.jobs"))
        .isEqualTo("errored: all 3 attempts are used up; the last: worker mac-07 fell silent");
    assertThat(counter("junction.requeues", "outcome", "lost")).isZero();
  }

  @Test
  void a_retired_worker_is_not_given_up_again_and_a_lost_one_neither() {
    rows.silentFor(rows.worker(LINUX, 1), "1 h");
    rows.silentFor(rows.worker(LINUX, 1), "1 h");
    rows.run("UPDATE junction.workers SET retired_at = now()");
    assertThat(round()).isEqualTo("workers 0, lost 0, rejected 0, timed out 0");
  }

  @Test
  void what_does_not_fit_into_a_batch_follows_in_the_next_round() {
    try (var small = new DispatcherCopy(Map.of("junction.reaper.batch", "2"))) {
      var worker = rows.worker(LINUX, 9);
      for (int i = 0; i < 5; i++) {
        rows.running(LINUX, worker);
      }
      rows.run("UPDATE junction.assignments SET timeout_at = now()");
      var batches = small.get(Reaper.class);
      assertThat(batches.run(Wake.POLL).timedOut()).isEqualTo(2);
      assertThat(batches.run(Wake.HINT).timedOut()).isEqualTo(2);
      assertThat(batches.run(Wake.HINT).timedOut()).isEqualTo(1);
      assertThat(batches.run(Wake.HINT).again()).isFalse();
    }
  }

  private void everythingIsSilentFor(String interval) {
    var worker = rows.worker(LINUX, 4);
    rows.running(LINUX, worker);
    rows.placed(LINUX, worker);
    rows.silentFor(worker, interval);
    rows.run(
        """
        UPDATE junction.assignments SET created_at = now() - ?::interval,
          last_heartbeat = CASE WHEN last_heartbeat IS NOT NULL THEN now() - ?::interval END
        """,
        interval,
        interval);
  }

  private String round() {
    var round = reaper.run(Wake.POLL);
    return "workers %d, lost %d, rejected %d, timed out %d"
        .formatted(round.workers(), round.lost(), round.rejected(), round.timedOut());
  }

  private String outcomeOf(UUID assignment) {
    return rows.text(
        """
        SELECT coalesce(outcome, 'null') || ': ' || coalesce(reason, 'null')
        FROM junction.assignments WHERE id = ?
        """,
        assignment);
  }

  private String jobOf(UUID assignment) {
    return rows.text(
        """
        SELECT state || ', attempt ' || attempt || ', held ' || (held_until IS NOT NULL)
        FROM junction.jobs WHERE id = (SELECT job_id FROM junction.assignments WHERE id = ?)
        """,
        assignment);
  }

  private double counter(String name, String... tags) {
    return copy.get(MeterRegistry.class).counter(name, tags).count();
  }
}
