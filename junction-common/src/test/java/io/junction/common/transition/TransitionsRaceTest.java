package io.junction.common.transition;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.common.assignment.Outcome;
import io.junction.common.job.JobState;
import io.junction.testing.Concurrently;
import io.junction.testing.Postgres;
import io.junction.testing.TestDatabase;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;

/** Whoever commits first decides; the other one is told, and changes nothing. */
@Postgres
class TransitionsRaceTest {

  private House house;

  @BeforeEach
  void build(TestDatabase database) {
    house = House.on(database);
  }

  @RepeatedTest(25)
  void a_finish_and_a_cancel_have_one_winner() {
    var row = house.job(JobState.STARTED);

    var verdicts =
        Concurrently.run(
            () -> house.report(row, JobEvent.FINISH, JobState.PASSED),
            () ->
                Objects.requireNonNull(
                    house.inTransaction(() -> house.jobs.cancel(row.job(), "race"))));

    long applied =
        verdicts.stream().filter(verdict -> verdict.kind() == Verdict.Kind.APPLIED).count();
    assertThat(applied).isEqualTo(1);
    boolean passed = house.stateOf(row) == JobState.PASSED;
    assertThat(house.outcome(row)).isEqualTo(passed ? "finished" : "canceled");
    assertThat(verdicts.getFirst().kind() == Verdict.Kind.APPLIED).isEqualTo(passed);
  }

  @RepeatedTest(25)
  void a_finish_and_a_loss_have_one_winner() {
    var row = house.job(JobState.STARTED);

    var results =
        Concurrently.<Boolean>run(
            () ->
                house.report(row, JobEvent.FINISH, JobState.PASSED).kind() == Verdict.Kind.APPLIED,
            () ->
                !house.close(Closing.of(row.assignment(), Outcome.LOST, "race", false)).isEmpty());

    assertThat(results).containsExactlyInAnyOrder(true, false);
    boolean passed = house.stateOf(row) == JobState.PASSED;
    assertThat(results.getFirst()).isEqualTo(passed);
    assertThat(house.outcome(row)).isEqualTo(passed ? "finished" : "lost");
  }

  @RepeatedTest(10)
  void two_finishes_of_one_assignment_give_it_one_state() {
    var row = house.job(JobState.STARTED);

    var verdicts =
        Concurrently.run(
            () -> house.report(row, JobEvent.FINISH, JobState.PASSED),
            () -> house.report(row, JobEvent.FINISH, JobState.ERRORED));

    assertThat(verdicts)
        .extracting(Verdict::kind)
        .containsExactlyInAnyOrder(Verdict.Kind.APPLIED, Verdict.Kind.UNCHANGED);
    assertThat(verdicts).extracting(Verdict::state).containsOnly(house.stateOf(row));
  }
}
