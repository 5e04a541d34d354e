package io.junction.common.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.testing.KeyedPlans;
import io.junction.testing.Postgres;
import io.junction.testing.TestDatabase;
import org.junit.jupiter.api.Test;

/** Who waits is found by keys whatever is known of the tables. */
@Postgres
class WaitingPlansPostgresTest {

  @Test
  void who_waits_and_whose_turn_it_is_is_found_by_keys(TestDatabase database) {
    var plans = new KeyedPlans(database);
    assertByKeys(plans);
    plans.analyze("jobs", "queue_turns", "owners");
    assertByKeys(plans);
    crowd(database);
    assertByKeys(plans);
    plans.analyze("jobs", "queue_turns", "owners");
    assertByKeys(plans);
  }

  private static void assertByKeys(KeyedPlans plans) {
    assertThat(plans.walks(WaitingStatements.WAITING)).isEmpty();
    assertThat(plans.lookups(WaitingStatements.WAITING))
        .containsExactlyInAnyOrder(
            "queue_turns by queue_turns_clock",
            "jobs by jobs_turns",
            "jobs by jobs_turns",
            "queue_turns by queue_turns_pkey",
            "owners by owners_pkey");
    assertThat(plans.walks(WaitingStatements.COUNTS)).isEmpty();
    assertThat(plans.lookups(WaitingStatements.COUNTS)).containsExactly("jobs by jobs_turns");
    assertThat(plans.walks(WaitingStatements.AHEAD)).isEmpty();
    assertThat(plans.lookups(WaitingStatements.AHEAD))
        .containsExactlyInAnyOrder("jobs by jobs_pkey", "jobs by jobs_turns");
  }

  private static void crowd(TestDatabase database) {
    database
        .jdbc()
        .sql(
            """
            INSERT INTO junction.owners (name, weight)
            SELECT 'owner-' || n, 2 FROM generate_series(1, 1000) AS n;
            INSERT INTO junction.queue_turns (queue, owner, pass, clock)
            SELECT 'q-' || n % 3, 'owner-' || n, n, n FROM generate_series(1, 1000) AS n;
            INSERT INTO junction.jobs (queue, state, owner, queued_at, finished_at)
            SELECT 'q-' || n % 7, CASE n % 2 WHEN 0 THEN 'queued' ELSE 'passed' END,
              'owner-' || n % 1000, now(), CASE WHEN n % 2 = 1 THEN now() END
            FROM generate_series(1, 30000) AS n
            """)
        .update();
  }
}
