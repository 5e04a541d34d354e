package io.junction.dispatcher.prune;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.dispatcher.Plans;
import io.junction.dispatcher.Rows;
import io.junction.testing.Postgres;
import io.junction.testing.TestDatabase;
import org.junit.jupiter.api.Test;

@Postgres
class PrunePlansPostgresTest {

  @Test
  void what_is_old_is_found_by_its_index(TestDatabase database) {
    new Rows(database).crowd();
    for (var mode : Plans.MODES) {
      assertThat(Plans.of(database, mode, PruneStatements.JOBS, "86400000", "1000"))
          .contains("jobs_finished", "assignments_of_job")
          .doesNotContain("Seq Scan on jobs", "Seq Scan on assignments");
    }
  }
}
