package io.junction.dispatcher.notify.outbox;

import io.junction.testing.KeyedPlans;
import io.junction.testing.Postgres;
import io.junction.testing.TestDatabase;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** With 100,000 events and subscriptions the outbox reads only what is new and who may want it. */
@Postgres
class OutboxPlansPostgresTest {

  private static final String LATE = "events by late_events_of_builds";
  private static final String NEW = "events by events_of_builds";

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
    var all = new SoftAssertions();
    all.assertThat(plans.walks(OutboxStatements.LOOK)).isEmpty();
    all.assertThat(plans.walks(OutboxStatements.PAGE)).isEmpty();
    all.assertThat(plans.walks(OutboxStatements.CONFIGS)).isEmpty();
    all.assertThat(plans.walks(OutboxStatements.INTERESTS)).isEmpty();
    all.assertThat(plans.lookups(OutboxStatements.LOOK)).contains(LATE, NEW);
    all.assertThat(plans.lookups(OutboxStatements.PAGE)).contains(LATE, NEW);
    all.assertAll();
  }
}
