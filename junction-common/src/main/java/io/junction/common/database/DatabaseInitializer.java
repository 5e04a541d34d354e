package io.junction.common.database;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;

/**
 * Makes {@code spring.datasource.*} of {@code JUNCTION_DATABASE_URL}, {@code _USERNAME} and {@code
 * _PASSWORD}, then waits until that server answers. Acts only in a process of Junction's, which has
 * the property {@code junction.process}.
 *
 * <p>An initializer and not an EnvironmentPostProcessor: it runs last before the beans, so it also
 * sees what a test's {@code @DynamicPropertySource} says. A {@code spring.datasource.url} that is
 * set directly is left as it is.
 */
class DatabaseInitializer
    implements ApplicationContextInitializer<ConfigurableApplicationContext>, Ordered {

  @Override
  public int getOrder() {
    return LOWEST_PRECEDENCE;
  }

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    var environment = context.getEnvironment();
    if (!environment.containsProperty("junction.process")) {
      return;
    }
    if (text(environment, "spring.datasource.url") == null) {
      environment
          .getPropertySources()
          .addFirst(new MapPropertySource("junction database", dataSource(environment)));
    }
    new ReachStatements(
            environment.getRequiredProperty("spring.datasource.url"),
            text(environment, "spring.datasource.username"),
            text(environment, "spring.datasource.password"))
        .awaitServer();
  }

  private static Map<String, Object> dataSource(ConfigurableEnvironment environment) {
    var text = text(environment, "junction.database.url");
    if (text == null) {
      throw new RefusedStart(
          "JUNCTION_DATABASE_URL is not set: Junction does not know where its database is.",
          "Set JUNCTION_DATABASE_URL to " + DatabaseUrl.FORMS);
    }
    var url = DatabaseUrl.parse(text);
    var properties = new HashMap<String, Object>();
    properties.put("spring.datasource.url", url.jdbc());
    put(properties, "username", text(environment, "junction.database.username"), url.username());
    put(properties, "password", text(environment, "junction.database.password"), url.password());
    return properties;
  }

  private static void put(
      Map<String, Object> properties, String name, @Nullable String set, @Nullable String ofUrl) {
    var value = set != null ? set : ofUrl;
    if (value != null) {
      properties.put("spring.datasource." + name, value);
    }
  }

  private static @Nullable String text(Environment environment, String name) {
    var text = environment.getProperty(name);
    return text == null || text.isBlank() ? null : text;
  }
}
