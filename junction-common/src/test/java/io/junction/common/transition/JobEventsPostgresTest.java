package io.junction.common.transition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.junction.common.assignment.Outcome;
import io.junction.common.job.JobState;
import io.junction.common.transition.House.Row;
import io.junction.testing.Postgres;
import io.junction.testing.TestDatabase;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each real change of a job is told of once, and nothing else is. */
@Postgres
class JobEventsPostgresTest {

  private House house;

  @BeforeEach
  void build(TestDatabase database) {
    house = House.on(database);
  }

  /** The table of decisions: what an event of the holder does to a job in each state. */
  @TestFactory
  Stream<DynamicTest> every_event_in_every_state_tells_of_what_it_changed() {
    return Stream.of(JobState.values())
        .flatMap(
            from ->
                Stream.of(
                    decision(from, JobEvent.RECEIVE, null, "job:received"),
                    decision(from, JobEvent.START, null, "job:started"),
                    decision(from, JobEvent.FINISH, JobState.PASSED, "job:finished"),
                    decision(from, JobEvent.FINISH, JobState.FAILED, "job:finished"),
                    decision(from, JobEvent.FINISH, JobState.ERRORED, "job:finished"),
                    decision(from, JobEvent.RESTART, null, "job:restarted"),
                    cancel(from),
                    restart(from)));
  }

  private DynamicTest decision(JobState from, JobEvent event, @Nullable JobState end, String kind) {
    return DynamicTest.dynamicTest(
        from + " " + event + " " + (end == null ? "" : end),
        () -> {
          var row = house.job(from);
          var before = house.toldOf(row);
          var verdict = house.report(row, event, end);
          boolean changed = verdict.kind() == Verdict.Kind.APPLIED;
          assertThat(changed).isEqualTo(!house.stateOf(row).equals(from));
          assertThat(since(row, before)).isEqualTo(changed ? List.of(kind + " 3") : List.of());
          house.report(row, event, end);
          assertThat(since(row, before)).as("again").hasSize(changed ? 1 : 0);
        });
  }

  private DynamicTest cancel(JobState from) {
    return DynamicTest.dynamicTest(
        from + " CANCEL",
        () -> {
          var row = house.job(from);
          var before = house.toldOf(row);
          house.inTransaction(() -> house.jobs.cancel(row.job(), "enough"));
          house.inTransaction(() -> house.jobs.cancel(row.job(), "enough"));
          assertThat(since(row, before))
              .isEqualTo(from.isFinal() ? List.of() : List.of("job:canceled 3"));
        });
  }

  private DynamicTest restart(JobState from) {
    return DynamicTest.dynamicTest(
        from + " RESTART BY OPERATOR",
        () -> {
          var row = house.job(from);
          var before = house.toldOf(row);
          house.inTransaction(() -> house.jobs.restart(row.job(), "again"));
          house.inTransaction(() -> house.jobs.restart(row.job(), "again"));
          assertThat(since(row, before))
              .isEqualTo(from == JobState.CREATED ? List.of() : List.of("job:restarted 3"));
        });
  }

  @Test
  void a_new_job_is_told_of_as_created_and_as_queued_when_it_is() {
    assertThat(house.toldOf(house.job(JobState.CREATED))).containsExactly("job:created 1");
    assertThat(house.toldOf(house.job(JobState.QUEUED)))
        .containsExactly("job:created 1", "job:queued 2");
  }

  @Test
  void a_whole_life_that_travels_together_is_told_of_step_by_step() {
    var row = house.job(JobState.QUEUED);
    var at = Instant.parse("2020-01-01T00:00:00Z");
    house.reports(
        List.of(
            house.reportOf(row, JobEvent.RECEIVE, null, at),
            house.reportOf(row, JobEvent.START, null, at),
            house.reportOf(row, JobEvent.START, null, at),
            house.reportOf(row, JobEvent.FINISH, JobState.FAILED, at),
            house.reportOf(row, JobEvent.FINISH, JobState.PASSED, at)));
    assertThat(house.toldOf(row))
        .containsExactly(
            "job:created 1", "job:queued 2", "job:received 3", "job:started 4", "job:finished 5");
    assertThat(house.text(row, "version")).isEqualTo("5");
    assertThat(states(row)).containsExactly("created", "queued", "received", "started", "failed");
  }

  @Test
  void a_finish_without_a_start_is_one_change() {
    var row = house.job(JobState.QUEUED);
    house.report(row, JobEvent.FINISH, JobState.PASSED);
    assertThat(house.toldOf(row))
        .containsExactly("job:created 1", "job:queued 2", "job:finished 3");
    assertThat(house.text(row, "started_at")).isNotEqualTo("null");
  }

  @Test
  void a_scheduler_that_queues_a_created_job_need_not_know_of_events() {
    var row = house.job(JobState.CREATED);
    house
        .jdbc
        .sql("UPDATE jobs SET state = 'queued', queued_at = now() WHERE id = :id")
        .param("id", row.job())
        .update();
    assertThat(house.toldOf(row)).containsExactly("job:created 1", "job:queued 3");
    assertThat(house.text(row, "version")).isEqualTo("3");
  }

  @Test
  void what_is_rolled_back_was_never_told() {
    var row = house.job(JobState.QUEUED);
    assertThatThrownBy(
            () ->
                house.inTransaction(
                    () -> {
                      house.transitions.report(
                          List.of(house.reportOf(row, JobEvent.START, null, null)));
                      throw new IllegalStateException("crash");
                    }))
        .hasMessage("crash");
    assertThat(house.toldOf(row)).hasSize(2);
  }

  @Test
  void a_job_that_was_restarted_too_often_in_a_short_time_ends_errored_and_says_why() {
    var row = inItsFiftiethAttempt();
    ended(row, 49, "5 hours");
    house.close(Closing.of(row.assignment(), Outcome.LOST, "gone", false));
    assertThat(house.stateOf(row)).isEqualTo(JobState.ERRORED);
    assertThat(house.text(row, "reason")).isEqualTo("restarted 50 times in 6 h; the last: gone");
  }

  @Test
  void restarts_of_long_ago_do_not_count() {
    var row = inItsFiftiethAttempt();
    ended(row, 49, "7 hours");
    house.close(Closing.of(row.assignment(), Outcome.LOST, "gone", false));
    assertThat(house.stateOf(row)).isEqualTo(JobState.CREATED);
  }

  private Row inItsFiftiethAttempt() {
    var row = house.job(JobState.STARTED);
    house
        .jdbc
        .sql("UPDATE jobs SET attempt = 50, max_attempts = 1000 WHERE id = :id")
        .param("id", row.job())
        .update();
    return row;
  }

  private void ended(Row row, int attempts, String ago) {
    house
        .jdbc
        .sql(
            """
            INSERT INTO assignments (id, job_id, worker_id, queue, attempt, ended_at, outcome)
            SELECT gen_random_uuid(), :job, :worker, 'q', n, now() - :ago::interval, 'lost'
            FROM generate_series(1, :attempts) AS n
            """)
        .param("job", row.job())
        .param("worker", house.worker)
        .param("ago", ago)
        .param("attempts", attempts)
        .update();
  }

  /** Who finds the first of what a statement tells knows how many follow. */
  @Test
  void the_events_of_one_heartbeat_are_one_run() {
    var whole = house.job(JobState.QUEUED);
    var half = house.job(JobState.RECEIVED);
    house.reports(
        List.of(
            house.reportOf(whole, JobEvent.RECEIVE, null, null),
            house.reportOf(whole, JobEvent.START, null, null),
            house.reportOf(whole, JobEvent.FINISH, JobState.PASSED, null),
            house.reportOf(half, JobEvent.FINISH, JobState.FAILED, null)));
    var runs =
        house
            .jdbc
            .sql(
                """
                SELECT run FROM events
                WHERE tx = (SELECT tx FROM events WHERE kind = 'job:finished' AND job_id = :id)
                ORDER BY id
                """)
            .param("id", whole.job())
            .query(Integer.class)
            .list();
    assertThat(runs).containsExactly(4, 0, 0, 0);
  }

  private List<String> since(Row row, List<String> before) {
    var told = house.toldOf(row);
    return told.subList(before.size(), told.size());
  }

  private List<String> states(Row row) {
    return house
        .jdbc
        .sql("SELECT state FROM events WHERE job_id = :id ORDER BY id")
        .param("id", row.job())
        .query((r, n) -> r.getString(1))
        .list();
  }
}
