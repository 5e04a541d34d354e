package io.junction.dispatcher.reap;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.dispatcher.Plans;
import io.junction.dispatcher.Rows;
import io.junction.testing.Postgres;
import io.junction.testing.TestDatabase;
import org.junit.jupiter.api.Test;

/** History must not make the reaper slower: 100,000 assignments have ended. */
@Postgres
class ReapPlansPostgresTest {

  @Test
  void no_look_scans_what_has_ended(TestDatabase database) {
    new Rows(database).crowd();
    for (var mode : Plans.MODES) {
      assertThat(Plans.of(database, mode, ReapStatements.LOOK, "30000"))
          .doesNotContain("Seq Scan on assignments", "Seq Scan on jobs");
      assertThat(Plans.of(database, mode, ReapStatements.STALE, "30000", "1000"))
          .doesNotContain("Seq Scan on assignments", "Seq Scan on jobs");
      assertThat(Plans.of(database, mode, ReapStatements.EXPIRED, "1000"))
          .doesNotContain("Seq Scan on assignments", "Seq Scan on jobs");
      assertThat(
              Plans.of(
                  database, mode, ReapStatements.HELD_BY, "{00000000-0000-7000-8000-000000000001}"))
          .doesNotContain("Seq Scan on assignments");
    }
  }
}
