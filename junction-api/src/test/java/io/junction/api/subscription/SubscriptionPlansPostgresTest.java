package io.junction.api.subscription;

import io.junction.testing.KeyedPlans;
import io.junction.testing.Postgres;
import io.junction.testing.TestDatabase;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

@Postgres
class SubscriptionPlansPostgresTest {

  @Test
  void pages_go_by_keys(TestDatabase database) {
    var plans = new KeyedPlans(database);
    assertKeyed(plans);
    plans.analyze("subscriptions", "deliveries", "events");
    assertKeyed(plans);
  }

  private static void assertKeyed(KeyedPlans plans) {
    var all = new SoftAssertions();
    all.assertThat(plans.walks(SubscriptionListStatements.ONE)).isEmpty();
    all.assertThat(plans.walks(SubscriptionListStatements.PAGE)).isEmpty();
    all.assertThat(plans.walks(SubscriptionChangeStatements.COUNT)).isEmpty();
    all.assertThat(plans.walks(DeliveryStatements.PAGE)).isEmpty();
    all.assertThat(plans.walks(DeliveryStatements.ONE)).isEmpty();
    all.assertAll();
  }
}
