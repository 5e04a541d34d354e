package io.junction.common.transition;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.common.assignment.Outcome;
import io.junction.common.job.JobState;
import io.junction.testing.Postgres;
import io.junction.testing.TestDatabase;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A report locks nothing before it changes its job. Here somebody else has changed that by then,
 * and commits once the report waits for its row: the interleavings of docs/decisions/0019.
 */
@Postgres
class ReportsRaceTest {

  private House house;

  @BeforeEach
  void build(TestDatabase database) {
    house = House.on(database);
  }

  @Test
  void a_report_goes_on_from_where_another_has_taken_the_job() throws Exception {
    var row = house.job(JobState.QUEUED);

    var verdicts =
        house.waiting(
            () -> house.report(row, JobEvent.RECEIVE, null),
            () -> house.reports(steps(row, JobEvent.RECEIVE, JobEvent.START)));

    assertThat(verdicts)
        .containsExactly(Verdict.unchanged(JobState.RECEIVED), Verdict.applied(JobState.STARTED));
    assertThat(house.toldOf(row)).endsWith("job:received 3", "job:started 4");
  }

  @Test
  void the_same_report_of_another_copy_changes_nothing() throws Exception {
    var row = house.job(JobState.STARTED);

    var verdict =
        house.waiting(
            () -> house.report(row, JobEvent.FINISH, JobState.PASSED),
            () -> house.report(row, JobEvent.FINISH, JobState.PASSED));

    assertThat(verdict).isEqualTo(Verdict.unchanged(JobState.PASSED));
    assertThat(house.toldOf(row)).endsWith("job:queued 2", "job:finished 3");
  }

  @Test
  void a_report_of_an_assignment_that_was_lost_meanwhile_is_refused() throws Exception {
    var row = house.job(JobState.STARTED);

    var verdict =
        house.waiting(
            () -> house.close(Closing.of(row.assignment(), Outcome.LOST, "gone", false)),
            () -> house.report(row, JobEvent.FINISH, JobState.PASSED));

    assertThat(verdict).isEqualTo(Verdict.refused(JobState.CREATED));
    assertThat(house.outcome(row)).isEqualTo("lost");
    assertThat(house.stateOf(row)).isEqualTo(JobState.CREATED);
  }

  /** By the state alone this would look like the job that was seen. */
  @Test
  void a_job_that_has_another_assignment_by_now_is_not_changed() throws Exception {
    var row = house.job(JobState.STARTED);
    var next = House.id();

    var verdict =
        house.waiting(
            () -> reassign(row, next), () -> house.report(row, JobEvent.FINISH, JobState.PASSED));

    assertThat(verdict).isEqualTo(Verdict.refused(JobState.STARTED));
    assertThat(house.text(row, "assignment_id")).isEqualTo(next.toString());
  }

  @Test
  void a_change_of_something_else_is_kept_and_does_not_hinder() throws Exception {
    var row = house.job(JobState.STARTED);

    var verdict =
        house.waiting(
            () ->
                house
                    .jdbc
                    .sql("UPDATE jobs SET priority = 77 WHERE id = :id")
                    .param("id", row.job())
                    .update(),
            () -> house.report(row, JobEvent.FINISH, JobState.PASSED));

    assertThat(verdict).isEqualTo(Verdict.applied(JobState.PASSED));
    assertThat(house.text(row, "priority")).isEqualTo("77");
  }

  /** One that waits for its build looks at its job only then. */
  @Test
  void a_job_whose_build_is_canceled_meanwhile_is_not_changed() throws Exception {
    var site = BuildSite.of(house, "a b", false);
    site.happens("a started");

    var verdict =
        house.waiting(
            () -> house.builds.cancel(site.build, "enough"),
            () -> house.report(site.job("a"), JobEvent.FINISH, JobState.PASSED));

    assertThat(verdict).isEqualTo(Verdict.refused(JobState.CANCELED));
    assertThat(house.stateOf(site.job("a"))).isEqualTo(JobState.CANCELED);
  }

  /** The events that are left are one run, which says how many there are. */
  @Test
  void a_run_counts_only_what_was_told() throws Exception {
    var raced = house.job(JobState.QUEUED);
    var free = house.job(JobState.QUEUED);

    house.waiting(
        () -> house.report(raced, JobEvent.START, null),
        () ->
            house.reports(
                List.of(
                    house.reportOf(raced, JobEvent.START, null, null),
                    house.reportOf(free, JobEvent.RECEIVE, null, null),
                    house.reportOf(free, JobEvent.START, null, null))));

    assertThat(runs(raced)).containsExactly(1L);
    assertThat(runs(free)).containsExactly(2L, 0L);
  }

  private List<Report> steps(House.Row row, JobEvent... events) {
    return List.of(events).stream().map(e -> house.reportOf(row, e, null, null)).toList();
  }

  private void reassign(House.Row row, UUID next) {
    house
        .jdbc
        .sql(
            """
            WITH lost AS (
              UPDATE assignments SET ended_at = now(), outcome = 'lost' WHERE id = :last
              RETURNING job_id, worker_id, queue)
            UPDATE jobs SET assignment_id = :next WHERE id IN (SELECT job_id FROM lost)
            """)
        .param("last", row.assignment())
        .param("next", next)
        .update();
    house
        .jdbc
        .sql(
            """
            INSERT INTO assignments (id, job_id, worker_id, queue, attempt)
            SELECT :next, job_id, worker_id, queue, 2 FROM assignments WHERE id = :last
            """)
        .param("last", row.assignment())
        .param("next", next)
        .update();
  }

  /** Of what workers reported; the trigger's own are one each. */
  private List<Long> runs(House.Row job) {
    return house
        .jdbc
        .sql(
            """
            SELECT run FROM events WHERE job_id = :id AND kind IN ('job:received', 'job:started')
            ORDER BY id
            """)
        .param("id", job.job())
        .query((row, n) -> row.getLong("run"))
        .list();
  }
}
