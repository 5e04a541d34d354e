package io.junction.testing;

import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * What {@link Postgres} does: empties the tables before each test and hands out the database.
 *
 * <p>The database is kept per JVM and not in JUnit's root store, because a
 * {@code @DynamicPropertySource} needs it where no extension context is at hand.
 */
public final class PostgresExtension implements BeforeEachCallback, ParameterResolver {

  @Override
  public void beforeEach(ExtensionContext context) {
    TestDatabase.shared().clear();
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == TestDatabase.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return TestDatabase.shared();
  }
}
