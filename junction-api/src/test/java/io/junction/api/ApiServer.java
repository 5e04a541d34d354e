package io.junction.api;

import io.junction.testing.Postgres;
import io.junction.testing.TestDatabase;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
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

    static final int FIRST = port(start(Client.KEY));
    static final int SECOND = port(start(Client.KEY));

    private Running() {}

    private static int port(ConfigurableApplicationContext copy) {
      return copy.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    /** A copy with this key for the secrets of subscriptions. */
    static ConfigurableApplicationContext start(String key) {
      var database = TestDatabase.shared();
      return JunctionApi.start(
          "--server.port=0",
          "--server.address=127.0.0.1",
          "--spring.datasource.url=" + database.jdbcUrl(),
          "--spring.datasource.username=" + database.username(),
          "--spring.datasource.password=" + database.password(),
          "--junction.tokens.worker=" + Client.WORKER,
          "--junction.tokens.scheduler=" + Client.SCHEDULER,
          "--junction.tokens.operator=" + Client.OPERATOR,
          "--junction.tokens.reader=" + Client.READER,
          "--junction.api.worker.max-wait=1s",
          // So that no roll call comes between but the tests' own.
          "--junction.api.worker.lease=30m",
          "--junction.api.worker.silence=1h",
          "--junction.notifications.key=" + key,
          "--junction.api.max-body=5MB");
    }
  }
}
