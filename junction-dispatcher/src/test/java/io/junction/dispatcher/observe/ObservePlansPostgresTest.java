package io.junction.dispatcher.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.testing.KeyedPlans;
import io.junction.testing.Postgres;
import io.junction.testing.TestDatabase;
import org.junit.jupiter.api.Test;

/** The figures of a large fleet cost as much as its rows, not as much as their pairs. */
@Postgres
class ObservePlansPostgresTest {

  @Test
  void no_row_is_held_against_every_other(TestDatabase database) {
    var plans = new KeyedPlans(database);
    assertNoPairs(plans);
    plans.analyze("jobs", "assignments", "workers", "worker_heartbeats", "queues");
    assertNoPairs(plans);
  }

  private static void assertNoPairs(KeyedPlans plans) {
    assertThat(plans.pairings(ObserveStatements.FIGURES)).isEmpty();
    assertThat(plans.walks(ObserveStatements.FIGURES))
        .containsExactlyInAnyOrder("jobs by jobs_line", "queues by queues_pkey");
  }
}
