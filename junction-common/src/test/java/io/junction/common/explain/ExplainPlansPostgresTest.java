package io.junction.common.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.testing.KeyedPlans;
import io.junction.testing.Postgres;
import io.junction.testing.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An explanation costs the same whatever else there is. */
@Postgres
class ExplainPlansPostgresTest {

  private static final String[] TABLES = {
    "jobs", "assignments", "workers", "worker_heartbeats", "stages", "events", "queues"
  };

  private static final List<String> STATEMENTS =
      List.of(
          JobFactStatements.JOB,
          JobFactStatements.STAGE,
          LineStatements.QUEUE,
          LineStatements.AHEAD_IN_QUEUE,
          LineStatements.AHEAD_IN_GROUP,
          HolderStatements.OF_OWNERS,
          HolderStatements.OF_OWNER_IN_QUEUE,
          HolderStatements.OF_REPOSITORY,
          HolderStatements.OF_GROUP);

  @Test
  void each_goes_by_keys_whatever_is_known_of_the_tables(TestDatabase database) {
    var plans = new KeyedPlans(database);
    assertByKeys(plans);
    plans.analyze(TABLES);
    assertByKeys(plans);
    crowd(database);
    assertByKeys(plans);
    plans.analyze(TABLES);
    assertByKeys(plans);
  }

  private static void assertByKeys(KeyedPlans plans) {
    for (var statement : STATEMENTS) {
      assertThat(plans.walks(statement)).as(statement).isEmpty();
    }
    assertThat(plans.walks(PaceStatements.ENDED))
        .as("the newest events, and no more of them than it says")
        .containsExactly("events by events_pkey");
  }

  private static void crowd(TestDatabase database) {
    database
        .jdbc()
        .sql(
            """
            INSERT INTO junction.builds (id) SELECT generate_series(1, 100);
            INSERT INTO junction.stages (build_id, number)
            SELECT b, s FROM generate_series(1, 100) AS b, generate_series(1, 3) AS s;
            INSERT INTO junction.jobs (queue, state, owner, repository, concurrency_group,
              queued_at, finished_at, build_id)
            SELECT 'q-' || n % 10,
              CASE n % 3 WHEN 0 THEN 'created' WHEN 1 THEN 'queued' ELSE 'passed' END,
              'owner-' || n % 100, 'repository-' || n % 100, 'group-' || n % 100,
              CASE WHEN n % 3 > 0 THEN now() END, CASE WHEN n % 3 = 2 THEN now() END,
              CASE WHEN n % 50 = 0 THEN 1 + n % 100 END
            FROM generate_series(1, 20000) AS n
            """)
        .update();
  }
}
