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
    assertByKeys(plans);
    plans.analyze("jobs", "assignments", "builds", "events", "queue_turns");
    assertByKeys(plans);
    new Rows(database).crowd();
    assertByKeys(plans);
    plans.analyze("builds", "events");
    assertByKeys(plans);
  }

  private static void assertByKeys(KeyedPlans plans) {
    assertThat(plans.walks(PruneStatements.JOBS)).isEmpty();
    assertThat(plans.walks(PruneStatements.BUILDS)).isEmpty();
    assertThat(plans.walks(PruneStatements.EVENTS)).isEmpty();
    assertThat(plans.walks(PruneStatements.TURNS)).isEmpty();
    assertThat(plans.lookups(PruneStatements.JOBS)).contains("jobs by jobs_pkey");
    assertThat(plans.lookups(PruneStatements.BUILDS))
        .contains("builds by builds_finished", "jobs by jobs_of_build");
    assertThat(plans.lookups(PruneStatements.EVENTS)).containsOnly("events by events_pkey");
  }
}
