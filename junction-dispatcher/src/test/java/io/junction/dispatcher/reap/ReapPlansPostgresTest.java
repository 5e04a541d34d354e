package io.junction.dispatcher.reap;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.dispatcher.Rows;
import io.junction.testing.KeyedPlans;
import io.junction.testing.Postgres;
import io.junction.testing.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;

/** History must not make the reaper slower: 100,000 assignments have ended. */
@Postgres
class ReapPlansPostgresTest {

  @Test
  void no_look_scans_what_has_ended(TestDatabase database) {
    var plans = new KeyedPlans(database);
    assertNoHistory(plans);
    plans.analyze("jobs", "assignments", "workers", "worker_heartbeats");
    assertNoHistory(plans);
    new Rows(database).crowd();
    assertNoHistory(plans);
  }

  /** Indexes of what is open may be walked over; those of everything may not. */
  private static void assertNoHistory(KeyedPlans plans) {
    for (var statement : List.of(ReapStatements.HELD_BY, ReapStatements.STALE)) {
      assertThat(plans.walks(statement)).containsExactly("listening by null");
    }
    assertThat(plans.walks(ReapStatements.EXPIRED)).isEmpty();
    assertThat(plans.walks(ReapStatements.SUSPECTS)).containsOnly("listening by null");
    assertThat(plans.lookups(ReapStatements.SUSPECTS)).contains("assignments by assignments_live");
    assertThat(plans.walks(ReapStatements.TIMING_OUT)).isEmpty();
    assertThat(plans.walks(ReapStatements.LOOK))
        .isSubsetOf(
            "listening by null",
            "assignments by assignments_live",
            "assignments by assignments_timing_out");
    assertThat(plans.pairings(ReapStatements.LOOK)).isEmpty();
    for (var statement : List.of(ReapStatements.LOOK, ReapStatements.SILENT)) {
      assertThat(plans.lookups(statement)).contains("workers by workers_alive");
    }
  }
}
