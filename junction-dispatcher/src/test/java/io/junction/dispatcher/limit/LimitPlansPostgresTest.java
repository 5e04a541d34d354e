package io.junction.dispatcher.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.dispatcher.Rows;
import io.junction.testing.KeyedPlans;
import io.junction.testing.Postgres;
import io.junction.testing.TestDatabase;
import org.junit.jupiter.api.Test;

/** With 200,000 other jobs the limiter reads only those that are created. */
@Postgres
class LimitPlansPostgresTest {

  @Test
  void no_statement_scans_all_jobs(TestDatabase database) {
    var plans = new KeyedPlans(database);
    assertOnlyCreated(plans);
    plans.analyze("jobs");
    assertOnlyCreated(plans);
    new Rows(database).crowd();
    assertOnlyCreated(plans);
  }

  private static void assertOnlyCreated(KeyedPlans plans) {
    assertThat(plans.walks(LimitStatements.LOOK)).containsOnly("jobs by jobs_created");
    assertThat(plans.walks(LimitStatements.OLDEST)).containsOnly("jobs by jobs_created");
    assertThat(plans.walks(LimitStatements.QUEUE)).isEmpty();
  }
}
