package io.junction.api.assignment;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.testing.KeyedPlans;
import io.junction.testing.Postgres;
import io.junction.testing.TestDatabase;
import org.junit.jupiter.api.Test;

@Postgres
class AssignmentPlansPostgresTest {

  @Test
  void a_sign_of_life_goes_by_keys(TestDatabase database) {
    var plans = new KeyedPlans(database);
    assertThat(plans.walks(AssignmentStatements.RENEW)).isEmpty();
    plans.analyze("assignments", "worker_heartbeats");
    assertThat(plans.walks(AssignmentStatements.RENEW)).isEmpty();
  }
}
