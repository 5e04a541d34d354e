package io.junction.dispatcher.notify.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.testing.KeyedPlans;
import io.junction.testing.Postgres;
import io.junction.testing.TestDatabase;
import org.junit.jupiter.api.Test;

/** With 100,000 events and subscriptions the outbox reads only what is new and who may want it. */
@Postgres
class OutboxPlansPostgresTest {

  @Test
  void what_is_new_is_found_by_its_index(TestDatabase database) {
    var plans = new KeyedPlans(database);
    assertKeyed(plans);
    plans.analyze("events", "subscriptions", "build_configs", "outbox");
    assertKeyed(plans);
    database
        .jdbc()
        .sql(
            """
            INSERT INTO junction.events (kind, version, job_id)
            SELECT 'job:created', 1, CASE WHEN n % 2 = 0 THEN n END
            FROM generate_series(1, 100000) AS n;
            INSERT INTO junction.subscriptions (id, kind, target, repository, on_success,
              on_failure, on_start, on_pull_requests)
            SELECT gen_random_uuid(), 'email', '{}', 'r' || n % 1000, 'always', 'always',
              'never', false
            FROM generate_series(1, 100000) AS n
            """)
        .update();
    plans.analyze("events", "subscriptions", "build_configs", "outbox");
    assertKeyed(plans);
  }

  private static void assertKeyed(KeyedPlans plans) {
    assertThat(plans.walks(OutboxStatements.LOOK)).isEmpty();
    assertThat(plans.walks(OutboxStatements.PAGE)).isEmpty();
    assertThat(plans.walks(OutboxStatements.CONFIGS)).isEmpty();
    assertThat(plans.walks(OutboxStatements.INTERESTS)).isEmpty();
  }
}
