package io.junction.standalone.house;

import io.junction.standalone.console.Refusal;
import io.junction.standalone.postgres.Postgres;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** The tables, as the API and the dispatcher would make them on their own. */
final class Schema {

  private Schema() {}

  static void migrate(Postgres postgres) {
    try {
      Flyway.configure()
          .dataSource(postgres.jdbcUrl(), postgres.user(), postgres.password())
          .schemas("junction")
          .defaultSchema("junction")
          .locations("classpath:db/migration")
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw new Refusal("The database's tables cannot be brought up to date: " + e.getMessage(), e);
    }
  }
}
