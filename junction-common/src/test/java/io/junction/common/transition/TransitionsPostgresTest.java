package io.junction.common.transition;

import static io.junction.common.transition.Verdict.Kind.APPLIED;
import static io.junction.common.transition.Verdict.Kind.REFUSED;
import static io.junction.common.transition.Verdict.Kind.UNCHANGED;
import static io.junction.common.transition.Verdict.Kind.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.junction.common.assignment.Outcome;
import io.junction.common.job.JobState;
import io.junction.testing.Postgres;
import io.junction.testing.TestDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@Postgres
class TransitionsPostgresTest {

  private House house;

  @BeforeEach
  void build(TestDatabase database) {
    house = House.on(database);
  }

  /** What a report of the holder (or the last holder) of a job in this state comes to. */
  private record Case(
      JobState from, JobEvent event, JobState finish, Verdict.Kind verdict, JobState to) {}

  @TestFactory
  Stream<DynamicTest> every_event_in_every_state() {
    var cases = new ArrayList<Case>();
    for (var from : JobState.values()) {
      for (var event : List.of(JobEvent.RECEIVE, JobEvent.START, JobEvent.RESTART)) {
        cases.add(expected(from, event, JobState.CREATED));
      }
      for (var end : List.of(JobState.PASSED, JobState.FAILED, JobState.ERRORED)) {
        cases.add(expected(from, JobEvent.FINISH, end));
      }
    }
    return cases.stream()
        .map(
            c ->
                DynamicTest.dynamicTest(
                    c.from + " " + c.event + " " + c.finish,
                    () -> {
                      var row = house.job(c.from);
                      var verdict =
                          house.report(row, c.event, c.event == JobEvent.FINISH ? c.finish : null);
                      assertThat(verdict).isEqualTo(new Verdict(c.verdict, c.to));
                      assertThat(house.stateOf(row)).isEqualTo(c.to);
                    }));
  }

  private static Case expected(JobState from, JobEvent event, JobState finish) {
    var to =
        switch (event) {
          case RECEIVE -> JobState.RECEIVED;
          case START -> JobState.STARTED;
          case FINISH -> finish;
          case RESTART -> JobState.CREATED;
        };
    boolean holds =
        from == JobState.QUEUED || from == JobState.RECEIVED || from == JobState.STARTED;
    if (holds) {
      return from.mayBecome(to)
          ? new Case(from, event, finish, APPLIED, to)
          : new Case(from, event, finish, UNCHANGED, from);
    }
    boolean duplicate = from.isFinal() && from != JobState.CANCELED && event != JobEvent.RESTART;
    return new Case(from, event, finish, duplicate ? UNCHANGED : REFUSED, from);
  }

  @Test
  void without_a_transaction_nothing_is_done() {
    assertThatThrownBy(() -> house.transitions.report(List.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("transaction");
  }

  @Test
  void a_whole_life_in_one_batch_is_written_once_and_each_report_is_answered() {
    var row = house.job(JobState.QUEUED);
    var start = Instant.parse("2001-01-01T00:00:00Z");

    var verdicts =
        house.reports(
            List.of(
                house.reportOf(row, JobEvent.RECEIVE, null, null),
                house.reportOf(row, JobEvent.START, null, start),
                house.reportOf(row, JobEvent.FINISH, JobState.FAILED, null),
                house.reportOf(row, JobEvent.FINISH, JobState.PASSED, null),
                house.reportOf(row, JobEvent.RESTART, null, null)));

    assertThat(verdicts)
        .extracting(Verdict::kind)
        .containsExactly(APPLIED, APPLIED, APPLIED, UNCHANGED, REFUSED);
    assertThat(house.stateOf(row)).isEqualTo(JobState.FAILED);
    assertThat(house.outcome(row)).isEqualTo("finished");
  }

  @Test
  void a_workers_clock_is_kept_between_the_databases_instants() {
    var past = house.job(JobState.QUEUED);
    var future = house.job(JobState.QUEUED);

    house.reports(
        List.of(
            house.reportOf(past, JobEvent.START, null, Instant.parse("2001-01-01T00:00:00Z")),
            house.reportOf(
                future, JobEvent.FINISH, JobState.PASSED, Instant.parse("2101-01-01T00:00:00Z"))));

    assertThat(house.text(past, "started_at")).isEqualTo(house.text(past, "queued_at"));
    assertThat(house.text(past, "received_at")).isEqualTo(house.text(past, "queued_at"));
    assertThat(house.text(future, "finished_at")).startsWith(now().substring(0, 13));
  }

  @Test
  void a_stranger_can_do_nothing_even_beside_the_holder() {
    var row = house.job(JobState.QUEUED);
    var stranger = House.id();
    house.worker(stranger);
    var theirs = row.assignment();

    var verdicts =
        house.reports(
            List.of(
                new Report(theirs, stranger, JobEvent.RESTART, null, null, null, null),
                new Report(theirs, stranger, JobEvent.FINISH, JobState.PASSED, null, null, null),
                house.reportOf(row, JobEvent.START, null, null)));

    assertThat(verdicts).extracting(Verdict::kind).containsExactly(UNKNOWN, UNKNOWN, APPLIED);
    assertThat(house.stateOf(row)).isEqualTo(JobState.STARTED);
  }

  @Test
  void a_lost_assignment_restarts_its_job_by_its_age() {
    var row = house.job(JobState.STARTED);
    var age = house.text(row, "queued_at");

    house.close(Closing.of(row.assignment(), Outcome.LOST, "silence", false));

    assertThat(house.stateOf(row)).isEqualTo(JobState.CREATED);
    assertThat(house.text(row, "attempt")).isEqualTo("2");
    assertThat(house.text(row, "first_queued_at")).isEqualTo(age);
    assertThat(house.text(row, "started_at")).isEqualTo("null");
    assertThat(house.outcome(row)).isEqualTo("lost");
    assertThat(house.report(row, JobEvent.FINISH, JobState.PASSED).kind()).isEqualTo(REFUSED);
    assertThat(house.close(Closing.of(row.assignment(), Outcome.LOST, null, false))).isEmpty();
  }

  @Test
  void a_retirement_is_no_attempt() {
    var row = house.job(JobState.STARTED);

    house.close(Closing.of(row.assignment(), Outcome.RETIRED, null, false));

    assertThat(house.text(row, "attempt")).isEqualTo("1");
    assertThat(house.stateOf(row)).isEqualTo(JobState.CREATED);
  }

  @Test
  void a_job_whose_attempts_are_used_up_ends_errored_and_says_why() {
    var row = house.job(JobState.STARTED);
    house.jdbc.sql("UPDATE jobs SET max_attempts = 1").update();

    house.close(Closing.of(row.assignment(), Outcome.LOST, "worker w fell silent", false));

    assertThat(house.stateOf(row)).isEqualTo(JobState.ERRORED);
    assertThat(house.text(row, "reason"))
        .isEqualTo("all 1 attempts are used up; the last: worker w fell silent");
  }

  @Test
  void a_timeout_ends_the_job_and_its_assignment() {
    var row = house.job(JobState.STARTED);

    house.close(Closing.of(row.assignment(), Outcome.TIMED_OUT, "timed out after 5 ms", true));

    assertThat(house.stateOf(row)).isEqualTo(JobState.ERRORED);
    assertThat(house.outcome(row)).isEqualTo("timed_out");
    assertThat(house.text(row, "reason")).isEqualTo("timed out after 5 ms");
  }

  @Test
  void an_exclusive_job_is_held_back_while_its_worker_may_still_run_it() {
    var held = house.job(JobState.STARTED);
    var free = house.job(JobState.STARTED);
    house.jdbc.sql("UPDATE jobs SET exclusive = true").update();

    house.inTransaction(() -> house.jobs.restart(held.job(), "again"));
    house.close(Closing.of(free.assignment(), Outcome.LOST, "silence", false));

    assertThat(house.text(held, "held_until")).isGreaterThan(now());
    assertThat(house.text(free, "held_until")).isEqualTo("null");
  }

  @Test
  void a_cancel_closes_whatever_there_is() {
    for (var state : List.of(JobState.CREATED, JobState.QUEUED, JobState.STARTED)) {
      var row = house.job(state);

      house.inTransaction(() -> house.jobs.cancel(row.job(), "enough"));

      assertThat(house.stateOf(row)).isEqualTo(JobState.CANCELED);
      assertThat(house.report(row, JobEvent.FINISH, JobState.PASSED).kind()).isEqualTo(REFUSED);
    }
  }

  @Test
  void a_timeout_runs_from_the_receipt_and_anew_from_the_start() {
    var row = house.job(JobState.QUEUED);
    house.jdbc.sql("UPDATE jobs SET timeout_ms = 60000").update();

    house.report(row, JobEvent.RECEIVE, null);
    var received = timeoutOf(row);
    house.report(row, JobEvent.START, null);

    assertThat(timeoutOf(row)).isGreaterThan(received);
    house.report(row, JobEvent.FINISH, JobState.PASSED);
    assertThat(timeoutOf(row)).isEqualTo("null");
  }

  private String timeoutOf(House.Row row) {
    return house
        .jdbc
        .sql("SELECT coalesce(timeout_at::text, 'null') FROM assignments WHERE id = :id")
        .param("id", row.assignment())
        .query((r, n) -> r.getString(1))
        .single();
  }

  /** As the database writes it. */
  private String now() {
    return house
        .jdbc
        .sql("SELECT to_jsonb(now()) #>> '{}'")
        .query((r, n) -> r.getString(1))
        .single();
  }
}
