package io.junction.common.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.testing.KeyedPlans;
import io.junction.testing.Postgres;
import io.junction.testing.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What follows from a job costs as much as its build has jobs, whatever else there is. */
@Postgres
class BuildPlansPostgresTest {

  private static final List<String> STATEMENTS =
      List.of(
          BuildStatements.OF_ASSIGNMENTS,
          BuildStatements.HOLD,
          BuildStatements.START,
          BuildStatements.TALLIES,
          BuildStatements.FINISH_STAGES,
          BuildStatements.FINISH_BUILDS,
          BuildJobStatements.JOBS,
          BuildJobStatements.PENDING_LATER,
          BuildJobStatements.CANCEL,
          BuildJobStatements.MARK,
          BuildJobStatements.CANCEL_STAGES,
          BuildJobStatements.RESTART,
          BuildJobStatements.CANCELED_BY,
          BuildJobStatements.REOPEN_STAGES,
          BuildJobStatements.REOPEN_BUILD);

  @Test
  void builds_go_by_keys_whatever_is_known_of_the_tables(TestDatabase database) {
    var plans = new KeyedPlans(database);
    assertByKeys(plans);
    plans.analyze("jobs", "assignments", "builds", "stages");
    assertByKeys(plans);
  }

  private static void assertByKeys(KeyedPlans plans) {
    for (var statement : STATEMENTS) {
      assertThat(plans.walks(statement)).as(statement).isEmpty();
    }
  }
}
