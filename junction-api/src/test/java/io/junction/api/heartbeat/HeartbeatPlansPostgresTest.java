package io.junction.api.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.testing.KeyedPlans;
import io.junction.testing.Postgres;
import io.junction.testing.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.ClassPathResource;

/** A heartbeat costs the same whether there is nothing else or a long history. */
@Postgres
class HeartbeatPlansPostgresTest {

  private static final List<String> STATEMENTS =
      List.of(
          HeartbeatStatements.HEAR,
          HeartbeatStatements.NEWEST,
          HeartbeatStatements.OPEN,
          HeartbeatStatements.LOOK,
          HeartbeatStatements.FOREIGN,
          HeartbeatStatements.NOTE_LISTED,
          HeartbeatStatements.JOBS);

  @Test
  void a_heartbeat_goes_by_keys_whatever_is_known_of_the_tables(TestDatabase database) {
    var plans = new KeyedPlans(database);
    assertByKeys(plans);
    plans.analyze("jobs", "job_configs", "assignments", "workers", "worker_heartbeats");
    assertByKeys(plans);
    database
        .jdbc()
        .sql(
            """
            INSERT INTO junction.assignments
              (id, job_id, worker_id, queue, attempt, ended_at, outcome)
            SELECT gen_random_uuid(), n, gen_random_uuid(), 'q', 1, now(), 'finished'
            FROM generate_series(1, 100000) AS n
            """)
        .update();
    assertByKeys(plans);
    plans.analyze("assignments");
    assertByKeys(plans);
  }

  @Test
  void the_daemons_sessions_are_those_that_the_plans_are_made_for() {
    var settings = new YamlPropertiesFactoryBean();
    settings.setResources(new ClassPathResource("junction-api.yml"));
    assertThat(settings.getObject())
        .containsEntry("spring.datasource.hikari.connection-init-sql", KeyedPlans.SESSION);
  }

  private static void assertByKeys(KeyedPlans plans) {
    for (var statement : STATEMENTS) {
      assertThat(plans.walks(statement)).as(statement).isEmpty();
    }
    assertThat(plans.pairings(HeartbeatStatements.HEAR)).isEmpty();
  }
}
