package io.junction.common.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.junction.testing.Postgres;
import io.junction.testing.PostgresServer;
import io.junction.testing.TestDatabase;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

@Postgres
class DatabaseInitializerPostgresTest {

  @Test
  void a_url_with_user_and_password_becomes_a_data_source(TestDatabase database) {
    var url =
        database
            .jdbcUrl()
            .replace(
                "jdbc:postgresql://",
                "postgresql://" + database.username() + ":" + database.password() + "@");
    var environment = initialized(Map.of("junction.database.url", url));
    assertThat(environment.getProperty("spring.datasource.url")).isEqualTo(database.jdbcUrl());
    assertThat(environment.getProperty("spring.datasource.username"))
        .isEqualTo(database.username());
  }

  @Test
  void user_and_password_of_their_own_go_before_those_of_the_url(TestDatabase database) {
    var environment =
        initialized(
            Map.of(
                "junction.database.url",
                database.jdbcUrl().replace("jdbc:postgresql://", "postgresql://nobody:wrong@"),
                "junction.database.username",
                database.username(),
                "junction.database.password",
                database.password()));
    assertThat(environment.getProperty("spring.datasource.username"))
        .isEqualTo(database.username());
  }

  @Test
  void a_data_source_that_is_set_directly_is_left_as_it_is(TestDatabase database) {
    var environment =
        initialized(
            Map.of(
                "spring.datasource.url", database.jdbcUrl(),
                "spring.datasource.username", database.username(),
                "spring.datasource.password", database.password()));
    assertThat(environment.getPropertySources())
        .extracting("name")
        .doesNotContain("junction database");
  }

  @Test
  void without_a_url_the_start_is_refused_with_what_to_set() {
    assertThatThrownBy(() -> initialized(Map.of("junction.database.url", " ")))
        .isInstanceOf(RefusedStart.class)
        .hasMessageContaining("JUNCTION_DATABASE_URL is not set")
        .satisfies(
            refused -> {
              FailureAnalyzer analyzer = new RefusedStartAnalyzer();
              assertThat(analyzer.analyze(new IllegalStateException(refused)))
                  .extracting("action")
                  .asString()
                  .startsWith("Set JUNCTION_DATABASE_URL to ");
            });
  }

  @Test
  void a_database_that_says_no_is_not_waited_for(TestDatabase database) {
    var missing = database.jdbcUrl().replaceFirst("/[^/]*$", "/not_there");
    assertThatThrownBy(
            () ->
                initialized(
                    Map.of(
                        "junction.database.url", missing,
                        "junction.database.username", database.username(),
                        "junction.database.password", database.password())))
        .isInstanceOf(RefusedStart.class)
        .hasMessageContaining("not_there");
  }

  @Test
  void a_server_that_is_away_is_waited_for(@TempDir Path folder) throws Exception {
    try (var server = new PostgresServer(folder, 0)) {
      var url = server.jdbcUrl().replace("postgresql://", "postgresql://postgres:postgres@");
      var start =
          CompletableFuture.supplyAsync(
              () -> initialized(Map.of("junction.database.url", url.replace("jdbc:", ""))));
      server.start();
      assertThat(start.get(30, TimeUnit.SECONDS).getProperty("spring.datasource.url"))
          .isEqualTo(server.jdbcUrl());
    }
  }

  @Test
  void a_context_that_is_no_process_of_junctions_is_none_of_its_business() {
    try (var context = new GenericApplicationContext()) {
      new DatabaseInitializer().initialize(context);
      assertThat(context.getEnvironment().containsProperty("spring.datasource.url")).isFalse();
    }
  }

  private static ConfigurableEnvironment initialized(Map<String, Object> properties) {
    var all = new HashMap<>(properties);
    all.put("junction.process", "test");
    var environment = new StandardEnvironment();
    environment.getPropertySources().addFirst(new MapPropertySource("test", all));
    try (var context = new GenericApplicationContext()) {
      context.setEnvironment(environment);
      new DatabaseInitializer().initialize(context);
      return environment;
    }
  }
}
