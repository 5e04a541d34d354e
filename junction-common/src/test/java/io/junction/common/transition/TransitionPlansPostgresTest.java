package io.junction.common.transition;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.testing.Postgres;
import io.junction.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A change of one job costs the same whether there are ten other jobs or 200,000. */
@Postgres
class TransitionPlansPostgresTest {

  private static final Pattern PARAMETER = Pattern.compile("(?<!:):\\w+::(\\w+\\[])");

  /** Not empty: of an empty array the planner can prove whatever it likes. */
  private static final Map<String, String> SAMPLES =
      Map.of(
          "uuid[]",
          "'{01900000-0000-7000-8000-000000000001,01900000-0000-7000-8000-000000000002}'",
          "bigint[]",
          "'{1,2}'",
          "text[]",
          "'{passed,passed}'",
          "timestamptz[]",
          "'{NULL,NULL}'",
          "boolean[]",
          "'{true,false}'");

  private static final List<String> MODES = List.of("force_custom_plan", "force_generic_plan");

  private House house;

  @BeforeEach
  void crowd(TestDatabase database) {
    house = House.on(database);
    house
        .jdbc
        .sql(
            """
            INSERT INTO jobs (queue, state, queued_at, finished_at)
            SELECT 'q', CASE WHEN n % 2 = 0 THEN 'queued' ELSE 'passed' END, now(),
              CASE WHEN n % 2 = 1 THEN now() END
            FROM generate_series(1, 200000) AS n
            """)
        .update();
    house
        .jdbc
        .sql(
            """
            INSERT INTO assignments (id, job_id, worker_id, queue, attempt, ended_at, outcome)
            SELECT gen_random_uuid(), id, gen_random_uuid(), 'q', 1, now(), 'finished'
            FROM jobs WHERE state = 'passed'
            """)
        .update();
    house.jdbc.sql("ANALYZE jobs").update();
    house.jdbc.sql("ANALYZE assignments").update();
  }

  @Test
  void a_report_goes_by_keys() {
    assertGoesBy(TransitionStatements.HOLD, "assignments_pkey", "jobs_pkey");
    assertGoesBy(TransitionStatements.ADVANCE, "jobs_pkey");
    assertGoesBy(TransitionStatements.END, "assignments_pkey");
    assertGoesBy(TransitionStatements.TIME, "assignments_pkey", "jobs_pkey");
  }

  @Test
  void a_close_goes_by_keys() {
    assertGoesBy(TransitionStatements.CLOSE, "assignments_pkey", "jobs_pkey");
  }

  @Test
  void a_standing_goes_by_keys() {
    assertGoesBy(TransitionStatements.STANDING, "assignments_pkey", "jobs_pkey");
  }

  private void assertGoesBy(String statement, String... keys) {
    for (var mode : MODES) {
      assertThat(planOf(statement, mode))
          .contains(keys)
          .doesNotContain("Seq Scan on jobs", "Seq Scan on assignments")
          .doesNotContain(
              "one_open_assignment_per_job", "assignments_live", "Rows Removed by Join");
    }
  }

  private String planOf(String statement, String mode) {
    var types = PARAMETER.matcher(statement).results().map(found -> found.group(1)).toList();
    var numbered = statement;
    for (int n = 1; n <= types.size(); n++) {
      numbered = numbered.replaceFirst("(?<!:):\\w+::", "\\$" + n + "::");
    }
    var prepare = "PREPARE ours AS " + numbered;
    var explain =
        "EXPLAIN EXECUTE ours("
            + types.stream().map(SAMPLES::get).collect(Collectors.joining(", "))
            + ")";
    return house.inTransaction(
        () -> {
          house.jdbc.sql("SET LOCAL plan_cache_mode = " + mode).update();
          house.jdbc.sql(prepare).update();
          return String.join(
              "\n", house.jdbc.sql(explain).query((row, n) -> row.getString(1)).list());
        });
  }
}
