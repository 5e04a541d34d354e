package io.junction.dispatcher.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.dispatcher.Plans;
import io.junction.dispatcher.Rows;
import io.junction.testing.Postgres;
import io.junction.testing.TestDatabase;
import org.junit.jupiter.api.Test;

/** How Postgres goes about the statements with 100,000 queued and 100,000 finished jobs. */
@Postgres
class DispatchPlansPostgresTest {

  @Test
  void the_front_of_a_line_is_read_off_its_index_with_every_kind_of_plan(TestDatabase database) {
    new Rows(database).crowd();
    for (var mode : Plans.MODES) {
      assertThat(Plans.of(database, mode, DispatchStatements.FRONT, "{a,b}", "{10,1000}", "1000"))
          .contains("Index Scan using jobs_line")
          .doesNotContain("Seq Scan on jobs", "Sort");
      assertThat(Plans.of(database, mode, DispatchStatements.LINES))
          .contains("jobs_line")
          .doesNotContain("Seq Scan on jobs");
      assertThat(Plans.of(database, mode, DispatchStatements.SNAPSHOT, "{a,b}"))
          .doesNotContain("Seq Scan on assignments");
      assertThat(
              Plans.of(
                  database,
                  mode,
                  DispatchStatements.PLACE,
                  "{1,2}",
                  "{00000000-0000-7000-8000-000000000001,00000000-0000-7000-8000-000000000002}",
                  "{00000000-0000-7000-8000-000000000003,00000000-0000-7000-8000-000000000004}"))
          .doesNotContain("Seq Scan on jobs");
    }
  }
}
