package io.junction.dispatcher.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.dispatcher.Rows;
import io.junction.testing.KeyedPlans;
import io.junction.testing.Postgres;
import io.junction.testing.TestDatabase;
import org.junit.jupiter.api.Test;

/** With 200,000 other jobs the limiter reads only one that asks, and what it lets in. */
@Postgres
class LimitPlansPostgresTest {

  @Test
  void no_statement_scans_all_jobs(TestDatabase database) {
    var plans = new KeyedPlans(database);
    assertOnlyAsking(plans);
    plans.analyze("jobs");
    assertOnlyAsking(plans);
    new Rows(database).crowd();
    assertOnlyAsking(plans);
  }

  private static void assertOnlyAsking(KeyedPlans plans) {
    assertThat(plans.walks(LimitStatements.LOOK)).containsOnly("jobs by jobs_asking");
    assertThat(plans.lookups(LimitStatements.LOOK)).contains("jobs by jobs_held");
    assertThat(plans.walks(LimitStatements.ADMIT)).isEmpty();
  }
}
