package io.junction.common.transition;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.common.build.BuildState;
import io.junction.common.job.JobState;
import io.junction.testing.Postgres;
import io.junction.testing.TestDatabase;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Builds and stages follow their jobs as Travis Hub's do, without its known faults. */
@Postgres
class BuildsPostgresTest {

  private House house;

  @BeforeEach
  void build(TestDatabase database) {
    house = House.on(database);
  }

  @ParameterizedTest(name = "{0} (fast {1}): {2} -> {3} / {4} / {5}")
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          a b; false; a passed, b passed; passed; ''; passed passed
          a b; false; a passed; started; ''; passed queued
          a b; false; a received; created; ''; received queued
          a b; false; a started; started; ''; started queued
          a b; false; a failed, b errored; errored; ''; failed errored
          a b; false; a failed, b cancel; canceled; ''; failed canceled
          a b; false; a cancel; created; ''; canceled queued
          a b?; false; b failed, a passed; passed; ''; passed failed
          a b?; false; a passed; started; ''; passed queued
          a b?; true; a passed; passed; ''; passed queued
          a b?; true; a failed; failed; ''; failed queued
          a? b?; true; a failed; started; ''; failed queued
          a? b?; true; a failed, b errored; passed; ''; failed errored
          a b | c; false; a passed, b passed; started; passed created; passed passed created
          a b | c; false; a failed, b passed; failed; failed canceled; failed passed canceled
          a b | c; false; a errored, b passed; errored; errored canceled; errored passed canceled
          a? b | c; false; a failed, b passed; started; passed created; failed passed created
          a b? | c; true; a failed; failed; failed canceled; failed queued canceled
          a b|c;false;a cancel,c cancel,b failed;canceled;canceled canceled;canceled failed canceled
          a | b; false; a cancel; canceled; canceled canceled; canceled canceled
          a | b?; true; a passed; started; passed created; passed created
          a | b | c; false; a failed; failed; failed canceled canceled; failed canceled canceled
          """)
  void what_follows_from_jobs(
      String jobs, boolean fast, String happens, String state, String stages, String states) {
    var site = BuildSite.of(house, jobs, fast);
    for (var what : happens.split(",", -1)) {
      site.happens(what);
    }
    assertThat(site.state()).isEqualTo(BuildState.of(state));
    assertThat(site.stageStates()).isEqualTo(stages);
    assertThat(site.jobStates()).isEqualTo(states);
    boolean ended = BuildState.of(state).isFinal();
    assertThat(site.told().stream().filter(kind -> kind.matches("finished|canceled")))
        .hasSize(ended ? 1 : 0);
  }

  @Test
  void a_build_ends_once_however_many_optional_jobs_end_after_it() {
    var site = BuildSite.of(house, "a b? c?", true);
    site.happens("a started");
    site.happens("a failed");
    site.happens("b passed");
    site.happens("c failed");
    assertThat(site.told()).containsExactly("created", "started", "finished");
    assertThat(site.state()).isEqualTo(BuildState.FAILED);
  }

  @Test
  void its_times_are_those_of_its_jobs_and_its_duration_is_their_sum() {
    var site = BuildSite.of(house, "a b", false);
    site.happens("a passed");
    site.happens("b started");
    house
        .jdbc
        .sql("UPDATE jobs SET started_at = now() - interval '90 s' WHERE build_id = :id")
        .param("id", site.build)
        .update();
    house
        .jdbc
        .sql(
            """
            UPDATE jobs SET finished_at = now() - interval '30 s'
            WHERE build_id = :id AND state = 'passed'
            """)
        .param("id", site.build)
        .update();
    site.happens("b passed");
    assertThat(site.column("duration")).isEqualTo("150");
    assertThat(site.column("started_at")).isNotEqualTo("null");
    assertThat(site.column("finished_at")).isNotEqualTo("null");
  }

  @Test
  void the_state_of_the_build_before_it_is_that_of_its_branch() {
    var first = BuildSite.of(house, "a", false);
    first.happens("a failed");
    var second = BuildSite.of(house, "a", false);
    assertThat(second.column("previous_state")).isEqualTo("null");
    second.happens("a passed");
    assertThat(second.column("previous_state")).isEqualTo("failed");
  }

  @Test
  void a_stage_that_does_not_pass_cancels_what_is_pending_after_it_and_says_why() {
    var site = BuildSite.of(house, "a | b c | d", false);
    site.place("b");
    site.happens("a failed");
    for (var name : new String[] {"b", "c", "d"}) {
      assertThat(house.stateOf(site.job(name))).isEqualTo(JobState.CANCELED);
      assertThat(house.text(site.job(name), "reason")).isEqualTo("stage 1 failed");
    }
    assertThat(house.outcome(site.job("b"))).isEqualTo("canceled");
    assertThat(site.toldOf("stage:"))
        .containsExactlyInAnyOrder(
            "created", "created", "created", "started", "finished", "canceled", "canceled");
    assertThat(site.toldOf("job:").stream().filter("canceled"::equals)).hasSize(3);
  }

  @Test
  void a_job_of_a_later_stage_that_runs_already_runs_on() {
    var site = BuildSite.of(house, "a | b", false);
    site.place("b");
    site.happens("b started");
    site.happens("a failed");
    assertThat(site.state()).isEqualTo(BuildState.STARTED);
    site.happens("b passed");
    assertThat(site.state()).isEqualTo(BuildState.FAILED);
    assertThat(site.stageStates()).isEqualTo("failed passed");
  }

  @Test
  void a_restart_of_the_job_that_failed_brings_the_later_stages_back() {
    var site = BuildSite.of(house, "a b | c | d", false);
    site.happens("b passed");
    site.happens("a failed");
    assertThat(site.stageStates()).isEqualTo("failed canceled canceled");

    site.happens("a restart");
    assertThat(site.state()).isEqualTo(BuildState.CREATED);
    assertThat(site.stageStates()).isEqualTo("created created created");
    assertThat(site.jobStates()).isEqualTo("created passed created created");
    assertThat(house.text(site.job("c"), "attempt")).isEqualTo("1");
    assertThat(site.column("finished_at")).isEqualTo("null");
    assertThat(site.column("duration")).isEqualTo("null");

    for (var name : new String[] {"a", "c", "d"}) {
      site.place(name);
      site.happens(name + " passed");
    }
    assertThat(site.state()).isEqualTo(BuildState.PASSED);
    assertThat(site.stageStates()).isEqualTo("passed passed passed");
    assertThat(site.told())
        .containsExactly("created", "started", "finished", "restarted", "started", "finished");
  }

  @Test
  void a_job_that_somebody_canceled_himself_does_not_come_back_with_its_stage() {
    var site = BuildSite.of(house, "a | b c", false);
    site.happens("b cancel");
    site.happens("a failed");
    site.happens("a restart");
    assertThat(site.jobStates()).isEqualTo("created canceled created");
  }

  @Test
  void a_lost_job_reopens_nothing() {
    var site = BuildSite.of(house, "a b?", true);
    site.happens("a passed");
    site.happens("b lost");
    assertThat(site.state()).isEqualTo(BuildState.PASSED);
    assertThat(site.told()).containsExactly("created", "started", "finished");
  }

  @Test
  void a_build_is_canceled_as_a_whole() {
    var site = BuildSite.of(house, "a b c | d", false);
    site.happens("a passed");
    site.happens("b started");
    var result = house.inTransaction(() -> house.builds.cancel(site.build, "enough"));
    assertThat(Objects.requireNonNull(result).kind()).isEqualTo(Verdict.Kind.APPLIED);
    assertThat(site.state()).isEqualTo(BuildState.CANCELED);
    assertThat(site.column("reason")).isEqualTo("enough");
    assertThat(site.jobStates()).isEqualTo("passed canceled canceled canceled");
    assertThat(site.stageStates()).isEqualTo("canceled canceled");
    assertThat(house.outcome(site.job("b"))).isEqualTo("canceled");
    assertThat(site.told()).containsExactly("created", "started", "canceled");

    var again = house.inTransaction(() -> house.builds.cancel(site.build, "enough"));
    assertThat(Objects.requireNonNull(again).kind()).isEqualTo(Verdict.Kind.UNCHANGED);
    assertThat(site.told()).hasSize(3);
  }

  @Test
  void what_runs_on_after_a_build_has_ended_can_still_be_canceled() {
    var site = BuildSite.of(house, "a b?", true);
    site.happens("b started");
    site.happens("a passed");
    var result = house.inTransaction(() -> house.builds.cancel(site.build, "enough"));
    assertThat(Objects.requireNonNull(result).state()).isEqualTo(BuildState.PASSED);
    assertThat(site.jobStates()).isEqualTo("passed canceled");
    assertThat(site.told()).containsExactly("created", "started", "finished");
  }

  @Test
  void a_build_is_restarted_as_a_whole() {
    var site = BuildSite.of(house, "a b | c", false);
    site.happens("a passed");
    site.happens("b failed");
    house.inTransaction(() -> house.builds.restart(site.build, "again"));
    assertThat(site.state()).isEqualTo(BuildState.CREATED);
    assertThat(site.stageStates()).isEqualTo("created created");
    assertThat(site.jobStates()).isEqualTo("created created created");
    assertThat(house.text(site.job("a"), "attempt")).isEqualTo("2");
    assertThat(house.text(site.job("c"), "attempt")).isEqualTo("1");
  }

  @Test
  void a_build_whose_job_had_all_its_attempts_is_not_restarted() {
    var site = BuildSite.of(house, "a b", false);
    site.happens("a passed");
    site.happens("b failed");
    house
        .jdbc
        .sql("UPDATE jobs SET max_attempts = 1 WHERE id = :id")
        .param("id", site.job("b").job())
        .update();
    var result =
        Objects.requireNonNull(
            house.inTransaction(() -> house.builds.restart(site.build, "again")));
    assertThat(result.kind()).isEqualTo(Verdict.Kind.REFUSED);
    assertThat(result.job()).isEqualTo(site.job("b").job());
    assertThat(site.jobStates()).isEqualTo("passed failed");
  }
}
