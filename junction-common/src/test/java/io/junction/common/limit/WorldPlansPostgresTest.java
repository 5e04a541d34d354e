package io.junction.common.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.testing.KeyedPlans;
import io.junction.testing.Postgres;
import io.junction.testing.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who asks, and what runs, is found by keys whatever else there is. */
@Postgres
class WorldPlansPostgresTest {

  private static final List<String> STATEMENTS =
      List.of(
          AskingStatements.ASKING,
          AskingStatements.AHEAD,
          AskingStatements.OWNERS_ASKING,
          AskingStatements.WAITING_IN_REPOSITORY,
          AskingStatements.WAITING_IN_GROUP,
          AskingStatements.COUNTS,
          WorldStatements.SHARING,
          WorldStatements.LIMITS,
          WorldStatements.OWNER_QUEUES,
          WorldStatements.REPOSITORY_LIMITS,
          WorldStatements.RUNNING,
          WorldStatements.QUEUES,
          WorldStatements.REPOSITORIES,
          WorldStatements.GROUPS);

  @Test
  void each_goes_by_keys_whatever_is_known_of_the_tables(TestDatabase database) {
    var plans = new KeyedPlans(database);
    assertByKeys(plans);
    plans.analyze("jobs", "assignments", "owners", "repositories", "owner_queues");
    assertByKeys(plans);
    crowd(database);
    assertByKeys(plans);
    plans.analyze("jobs", "assignments", "owners", "repositories", "owner_queues");
    assertByKeys(plans);
  }

  private static void assertByKeys(KeyedPlans plans) {
    for (var statement : STATEMENTS) {
      assertThat(plans.walks(statement)).as(statement).isEmpty();
    }
  }

  private static void crowd(TestDatabase database) {
    database
        .jdbc()
        .sql(
            """
            INSERT INTO junction.owners (name, max_running)
            SELECT 'owner-' || n, 20 FROM generate_series(1, 1000) AS n;
            INSERT INTO junction.repositories (name, max_running)
            SELECT 'repository-' || n, 20 FROM generate_series(1, 1000) AS n;
            INSERT INTO junction.jobs (queue, state, owner, repository, concurrency_group,
              queued_at, finished_at)
            SELECT 'q', CASE n % 3 WHEN 0 THEN 'created' WHEN 1 THEN 'queued' ELSE 'passed' END,
              'owner-' || n % 1000, 'repository-' || n % 1000, 'group-' || n % 1000,
              CASE WHEN n % 3 > 0 THEN now() END, CASE WHEN n % 3 = 2 THEN now() END
            FROM generate_series(1, 60000) AS n
            """)
        .update();
  }
}
