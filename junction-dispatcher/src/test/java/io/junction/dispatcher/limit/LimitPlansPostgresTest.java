package io.junction.dispatcher.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.dispatcher.Plans;
import io.junction.dispatcher.Rows;
import io.junction.testing.Postgres;
import io.junction.testing.TestDatabase;
import org.junit.jupiter.api.Test;

@Postgres
class LimitPlansPostgresTest {

  @Test
  void no_statement_scans_all_jobs(TestDatabase database) {
    new Rows(database).crowd();
    for (var mode : Plans.MODES) {
      assertThat(Plans.of(database, mode, LimitStatements.LOOK))
          .contains("jobs_created")
          .doesNotContain("Seq Scan on jobs");
      assertThat(Plans.of(database, mode, LimitStatements.OLDEST, "1000"))
          .contains("jobs_created")
          .doesNotContain("Seq Scan on jobs");
      assertThat(Plans.of(database, mode, LimitStatements.QUEUE, "{1,2,3}"))
          .doesNotContain("Seq Scan on jobs");
    }
  }
}
