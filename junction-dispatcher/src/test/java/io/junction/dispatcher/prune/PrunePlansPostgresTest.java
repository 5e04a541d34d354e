package io.junction.dispatcher.prune;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.dispatcher.Rows;
import io.junction.testing.KeyedPlans;
import io.junction.testing.Postgres;
import io.junction.testing.TestDatabase;
import org.junit.jupiter.api.Test;

/** With 200,000 jobs the pruner reads only those that are old. */
@Postgres
class PrunePlansPostgresTest {

  @Test
  void what_is_old_is_found_by_its_index(TestDatabase database) {
    var plans = new KeyedPlans(database);
    assertThat(plans.walks(PruneStatements.JOBS)).isEmpty();
    plans.analyze("jobs", "assignments");
    assertThat(plans.walks(PruneStatements.JOBS)).isEmpty();
    new Rows(database).crowd();
    assertThat(plans.walks(PruneStatements.JOBS)).isEmpty();
  }
}
