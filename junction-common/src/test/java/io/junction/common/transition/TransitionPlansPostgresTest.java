package io.junction.common.transition;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.common.job.JobState;
import io.junction.testing.KeyedPlans;
import io.junction.testing.Postgres;
import io.junction.testing.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A change of one job costs the same whether there are no other jobs or 200,000. */
@Postgres
class TransitionPlansPostgresTest {

  private static final List<String> STATEMENTS =
      List.of(
          AdvanceStatements.ADVANCE,
          TransitionStatements.CLOSE,
          TransitionStatements.STANDING,
          UnassignedStatements.BUILDS_OF,
          UnassignedStatements.END_WITHOUT_QUEUE);

  @Test
  void a_transition_goes_by_keys_whatever_is_known_of_the_tables(TestDatabase database) {
    var plans = new KeyedPlans(database);
    assertByKeys(plans);
    plans.analyze("jobs", "assignments");
    assertByKeys(plans);
    crowd(House.on(database));
    assertByKeys(plans);
    plans.analyze("jobs", "assignments");
    assertByKeys(plans);
  }

  /** An index on anything that a step changes would need an entry for each: decision 0018. */
  @Test
  void a_step_of_a_job_makes_no_entry_in_any_index(TestDatabase database) {
    var house = House.on(database);
    var row = house.job(JobState.QUEUED);
    for (var event : List.of(JobEvent.RECEIVE, JobEvent.START, JobEvent.FINISH)) {
      var end = event == JobEvent.FINISH ? JobState.PASSED : null;
      var report = house.reportOf(row, event, end, null);
      house.inTransaction(
          () -> {
            var before = updates(house);
            house.transitions.report(List.of(report));
            assertThat(updates(house))
                .as(event.text())
                .isEqualTo(new Updates(before.all() + 1, before.inPlace() + 1));
            return true;
          });
    }
  }

  /** How many of jobs this session knows of, and of those, how many made no entry. */
  private record Updates(long all, long inPlace) {}

  private static Updates updates(House house) {
    return house
        .jdbc
        .sql(
            """
            SELECT coalesce(sum(n_tup_upd), 0) AS all, coalesce(sum(n_tup_hot_upd), 0) AS in_place
            FROM pg_stat_xact_user_tables WHERE relid = 'jobs'::regclass
            """)
        .query((row, n) -> new Updates(row.getLong("all"), row.getLong("in_place")))
        .single();
  }

  private static void assertByKeys(KeyedPlans plans) {
    for (var statement : STATEMENTS) {
      assertThat(plans.walks(statement)).as(statement).isEmpty();
    }
  }

  private static void crowd(House house) {
    house
        .jdbc
        .sql(
            """
            INSERT INTO jobs (queue, state, queued_at, finished_at)
            SELECT 'q', CASE WHEN n % 2 = 0 THEN 'queued' ELSE 'passed' END, now(),
              CASE WHEN n % 2 = 1 THEN now() END
            FROM generate_series(1, 200000) AS n
            """)
        .update();
    house
        .jdbc
        .sql(
            """
            INSERT INTO assignments (id, job_id, worker_id, queue, attempt, ended_at, outcome)
            SELECT gen_random_uuid(), id, gen_random_uuid(), 'q', 1, now(), 'finished'
            FROM jobs WHERE state = 'passed'
            """)
        .update();
  }
}
