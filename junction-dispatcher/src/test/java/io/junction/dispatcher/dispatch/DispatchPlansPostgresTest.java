package io.junction.dispatcher.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.dispatcher.Rows;
import io.junction.testing.KeyedPlans;
import io.junction.testing.Postgres;
import io.junction.testing.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.ClassPathResource;

/**
 * How Postgres goes about the statements, before there is anything and with 100,000 queued jobs.
 */
@Postgres
class DispatchPlansPostgresTest {

  @Test
  void a_round_goes_by_keys_whatever_is_known_of_the_tables(TestDatabase database) {
    var plans = new KeyedPlans(database);
    assertByKeys(plans);
    plans.analyze("jobs", "assignments", "workers", "worker_heartbeats", "queues");
    assertByKeys(plans);
    new Rows(database).crowd();
    assertByKeys(plans);
  }

  /** After a fleet has shrunk: the index of the queues' workers is large, that of the key small. */
  @Test
  void the_workers_of_a_queue_are_found_by_the_queue_even_if_the_key_looks_cheaper(
      TestDatabase database) {
    var rows = new Rows(database);
    rows.worker("q", 1);
    rows.run(
        """
        INSERT INTO junction.workers (id, queue, token_hash, lease_ms, silence_ms)
        SELECT gen_random_uuid(), 'q', '', 20000, 30000 FROM generate_series(1, 5000)
        """);
    rows.run(
        "DELETE FROM junction.workers WHERE id NOT IN (SELECT id FROM junction.workers LIMIT 50)");
    rows.run("REINDEX INDEX junction.workers_pkey");
    var plans = new KeyedPlans(database);
    plans.analyze("workers");

    assertThat(plans.lookups(DispatchStatements.SNAPSHOT))
        .contains("workers by workers_alive")
        .doesNotContain("workers by workers_pkey");
  }

  @Test
  void the_daemons_sessions_are_those_that_the_plans_are_made_for() {
    var settings = new YamlPropertiesFactoryBean();
    settings.setResources(new ClassPathResource("junction-dispatcher.yml"));
    assertThat(settings.getObject())
        .containsEntry("spring.datasource.hikari.connection-init-sql", KeyedPlans.SESSION);
  }

  private static void assertByKeys(KeyedPlans plans) {
    assertThat(plans.walks(DispatchStatements.SNAPSHOT)).isEmpty();
    assertThat(plans.walks(DispatchStatements.FRONT)).isEmpty();
    assertThat(plans.walks(DispatchStatements.PLACE)).isEmpty();
    // The first entry of each: the first queue that has a worker, and whether any job waits.
    assertThat(plans.walks(LineStatements.LINES))
        .isEqualTo(List.of("workers by workers_alive", "jobs by jobs_line"));
  }
}
