package io.junction.dispatcher.notify.deliver;

import io.junction.testing.KeyedPlans;
import io.junction.testing.Postgres;
import io.junction.testing.TestDatabase;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** With 100,000 deliveries that are over, only those that are pending are read. */
@Postgres
class DeliverPlansPostgresTest {

  private static final String[] PENDING = {
    "deliveries by deliveries_due",
    "deliveries by deliveries_in_order",
    "deliveries by deliveries_pending"
  };

  @Test
  void what_is_over_is_not_read(TestDatabase database) {
    var plans = new KeyedPlans(database);
    assertKeyed(plans);
    plans.analyze("deliveries", "subscriptions", "events", "jobs", "stages");
    assertKeyed(plans);
    database
        .jdbc()
        .sql(
            """
            INSERT INTO junction.subscriptions (id, kind, target, on_success, on_failure, on_start,
              on_pull_requests)
            SELECT gen_random_uuid(), 'email', '{}', 'always', 'always', 'never', false
            FROM generate_series(1, 100);
            INSERT INTO junction.deliveries (id, event_id, subscription_id, build_id, state,
              delivered_at)
            SELECT gen_random_uuid(), n, s.id, n,
              CASE WHEN n % 100 = 0 THEN 'pending' ELSE 'delivered' END,
              CASE WHEN n % 100 <> 0 THEN now() END
            FROM junction.subscriptions s, generate_series(1, 1000) AS n
            """)
        .update();
    plans.analyze("deliveries", "subscriptions", "events", "jobs", "stages");
    assertKeyed(plans);
  }

  private static void assertKeyed(KeyedPlans plans) {
    var all = new SoftAssertions();
    all.assertThat(plans.walks(ClaimStatements.LOOK)).isSubsetOf(PENDING);
    all.assertThat(plans.walks(ClaimStatements.CLAIM)).isSubsetOf(PENDING);
    all.assertThat(plans.walks(ClaimStatements.RENEW)).isEmpty();
    all.assertThat(plans.walks(MessageStatements.LOAD)).isEmpty();
    all.assertThat(plans.walks(AnswerStatements.RECORD)).isEmpty();
    all.assertThat(plans.walks(AnswerStatements.FOLLOW)).isEmpty();
    all.assertThat(plans.walks(AnswerStatements.STANDING)).isEmpty();
    // The plans' reader would take what follows a colon for a parameter.
    var disable = AnswerStatements.DISABLE.replace("subscription:disabled", "disabled");
    all.assertThat(plans.walks(disable)).isSubsetOf(PENDING);
    all.assertAll();
  }
}
