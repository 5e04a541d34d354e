package io.junction.dispatcher.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.dispatcher.Rows;
import io.junction.testing.KeyedPlans;
import io.junction.testing.Postgres;
import io.junction.testing.TestDatabase;
import org.junit.jupiter.api.Test;

/** How Postgres goes about the statements of turns, whatever is known of the tables. */
@Postgres
class FairPlansPostgresTest {

  @Test
  void turns_go_by_keys_whatever_is_known_of_the_tables(TestDatabase database) {
    var plans = new KeyedPlans(database);
    assertByKeys(plans);
    plans.analyze("jobs", "queue_turns", "owners");
    assertByKeys(plans);
    var rows = new Rows(database);
    rows.run(
        """
        INSERT INTO junction.jobs (queue, state, owner, queued_at, finished_at, priority)
        SELECT chr(97 + n % 10), CASE WHEN n % 3 > 0 THEN 'queued' ELSE 'passed' END,
          'owner-' || n % 99, now(), CASE WHEN n % 3 = 0 THEN now() END, n % 3
        FROM generate_series(1, 20000) AS n
        """);
    rows.run(
        """
        INSERT INTO junction.queue_turns (queue, owner, pass, clock)
        SELECT chr(97 + n % 10), 'owner-' || n, n, n FROM generate_series(1, 10000) AS n
        """);
    assertByKeys(plans);
    plans.analyze("jobs", "queue_turns", "owners");
    assertByKeys(plans);
  }

  private static void assertByKeys(KeyedPlans plans) {
    assertThat(plans.walks(TurnStatements.FRONTS)).isEmpty();
    assertThat(plans.lookups(TurnStatements.FRONTS)).containsExactly("jobs by jobs_turns");
    assertThat(plans.walks(TurnStatements.TURNED)).isEmpty();
    assertThat(plans.lookups(TurnStatements.TURNED))
        .containsExactly("queue_turns by queue_turns_pkey");
  }
}
