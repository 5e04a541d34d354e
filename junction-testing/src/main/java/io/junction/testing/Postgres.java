package io.junction.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Marks a test class that runs on a real Postgres: the schema is migrated once per JVM and its
 * tables are empty before each test. A parameter of type {@link TestDatabase} is filled in.
 *
 * <p>Concurrency: all tests of a JVM share one database, so they run one after the other.
 *
 * @see TestDatabase#shared() for {@code @DynamicPropertySource}
 */
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(PostgresExtension.class)
public @interface Postgres {}
