package io.junction.dispatcher.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.testing.KeyedPlans;
import io.junction.testing.Postgres;
import io.junction.testing.TestDatabase;
import org.junit.jupiter.api.Test;

/** Whatever other jobs there are, the router reads only what has no queue. */
@Postgres
class RoutePlansPostgresTest {

  @Test
  void only_jobs_without_a_queue_are_gone_over(TestDatabase database) {
    var plans = new KeyedPlans(database);
    assertOnlyUnrouted(plans);
    plans.analyze("jobs", "job_configs");
    assertOnlyUnrouted(plans);
    crowd(database);
    assertOnlyUnrouted(plans);
    plans.analyze("jobs", "job_configs");
    assertOnlyUnrouted(plans);
  }

  /** Half of them created with a queue, half over, and a few that have none. */
  private static void crowd(TestDatabase database) {
    database
        .jdbc()
        .sql(
            """
            INSERT INTO junction.jobs (queue, state, queued_at, finished_at)
            SELECT CASE WHEN n % 400 > 0 THEN 'q' END,
              CASE WHEN n % 2 = 0 THEN 'created' ELSE 'passed' END,
              CASE WHEN n % 2 = 1 THEN now() END, CASE WHEN n % 2 = 1 THEN now() END
            FROM generate_series(1, 20000) AS n;
            INSERT INTO junction.job_configs (job_id) SELECT id FROM junction.jobs
            """)
        .update();
  }

  private static void assertOnlyUnrouted(KeyedPlans plans) {
    for (var statement : new String[] {RouteStatements.LOOK, RouteStatements.UNROUTED}) {
      assertThat(plans.walks(statement)).containsExactly("jobs by jobs_without_queue");
    }
    assertThat(plans.walks(RouteStatements.ROUTE)).isEmpty();
  }
}
