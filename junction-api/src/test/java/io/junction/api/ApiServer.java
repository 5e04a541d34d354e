package io.junction.api;

import io.junction.testing.Postgres;
import io.junction.testing.TestDatabase;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.springframework.context.ConfigurableApplicationContext;

/** A test class that talks to two copies of the API over HTTP, on the JVM's Postgres. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Postgres
@ExtendWith(ApiServer.Copies.class)
public @interface ApiServer {

  /** Two copies that run for as long as the JVM, since a start takes seconds. */
  final class Copies implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Client.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return new Client(Running.FIRST, Running.SECOND);
    }
  }

  /** Started at the first use. */
  final class Running {

    static final int FIRST = portOf(start());
    static final int SECOND = portOf(start());

    private Running() {}

    private static String nameOf(String setting) {
      return setting.substring(0, setting.indexOf('='));
    }

    static int portOf(ConfigurableApplicationContext copy) {
      return copy.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    /** One more copy, for a test that needs other settings, or ends it. */
    static ConfigurableApplicationContext start(String... settings) {
      var database = TestDatabase.shared();
      var ordinary =
          List.of(
              "--server.port=0",
              "--server.address=127.0.0.1",
              "--spring.datasource.url=" + database.jdbcUrl(),
              "--spring.datasource.username=" + database.username(),
              "--spring.datasource.password=" + database.password(),
              "--junction.tokens.worker=" + Client.WORKER,
              "--junction.tokens.scheduler=" + Client.SCHEDULER,
              "--junction.tokens.operator=" + Client.OPERATOR,
              "--junction.tokens.reader=" + Client.READER,
              "--junction.api.worker.max-wait=5s",
              // So that no roll call comes between but the tests' own.
              "--junction.api.worker.lease=30m",
              "--junction.api.worker.silence=1h",
              "--junction.api.max-body=5MB",
              "--junction.notifications.key=" + Client.KEY,
              "--junction.events.streams=5",
              "--junction.events.poll=20ms",
              "--junction.events.heartbeat=300ms");
      var changed = Stream.of(settings).map(Running::nameOf).toList();
      return JunctionApi.start(
          Stream.concat(
                  ordinary.stream().filter(setting -> !changed.contains(nameOf(setting))),
                  Stream.of(settings))
              .toArray(String[]::new));
    }
  }
}
