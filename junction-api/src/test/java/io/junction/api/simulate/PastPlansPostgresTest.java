package io.junction.api.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.testing.KeyedPlans;
import io.junction.testing.Postgres;
import io.junction.testing.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The past is read from its end, by keys, however long it is. */
@Postgres
class PastPlansPostgresTest {

  private static final List<String> STATEMENTS =
      List.of(PastStatements.WINDOW, PastStatements.JOBS, PastStatements.QUEUES);

  @Test
  void each_goes_by_keys_whatever_is_known_of_the_tables(TestDatabase database) {
    var plans = new KeyedPlans(database);
    assertByKeys(plans);
    analyze(plans);
    assertByKeys(plans);
    crowd(database);
    assertByKeys(plans);
    analyze(plans);
    assertByKeys(plans);
  }

  private static void analyze(KeyedPlans plans) {
    plans.analyze("jobs", "assignments", "stages", "queues", "workers", "worker_heartbeats");
  }

  private static void assertByKeys(KeyedPlans plans) {
    for (var statement : STATEMENTS) {
      assertThat(plans.walks(statement)).as(statement).isEmpty();
    }
    assertThat(plans.lookups(PastStatements.WINDOW)).containsExactly("jobs by jobs_pkey");
    assertThat(plans.lookups(PastStatements.JOBS))
        .containsOnlyOnce("jobs by jobs_pkey")
        .containsOnlyOnce("assignments by one_open_assignment_per_job");
  }

  private static void crowd(TestDatabase database) {
    database
        .jdbc()
        .sql(
            """
            INSERT INTO junction.builds (id) SELECT n FROM generate_series(1, 1000) AS n;
            INSERT INTO junction.stages (id, build_id, number)
            SELECT n, 1 + n / 5, 1 + n % 5 FROM generate_series(1, 4000) AS n;
            INSERT INTO junction.jobs (queue, state, owner, queued_at, finished_at, attempt)
            SELECT 'q', CASE n % 3 WHEN 0 THEN 'created' WHEN 1 THEN 'queued' ELSE 'passed' END,
              'owner-' || n % 1000, CASE WHEN n % 3 > 0 THEN now() END,
              CASE WHEN n % 3 = 2 THEN now() END, 1 + n % 2
            FROM generate_series(1, 20000) AS n
            """)
        .update();
  }
}
