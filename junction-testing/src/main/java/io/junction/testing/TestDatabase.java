package io.junction.testing;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.slf4j.LoggerFactory;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The database of this JVM's tests, migrated by whatever migrations are on the class path.
 *
 * <p>Its time zone is America/Los_Angeles, while surefire runs the JVM in Asia/Kolkata: whatever
 * depends on a zone shows itself.
 *
 * <p>Concurrency: one per JVM, shared by all of its tests. Failure: where no server can be had,
 * every test that needs one fails.
 */
public final class TestDatabase {

  /** Tables whose rows a migration has seeded, so that no test may lose them. */
  static final Set<String> KEPT_TABLES = Set.of("flyway_schema_history", "listening");

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final int CONNECTIONS = 24;
  private static final int CLEARINGS = 3;

  private final DatabaseUrl url;
  private final HikariDataSource dataSource;
  private final HikariDataSource inSchema;
  private final JdbcClient jdbc;

  private TestDatabase(DatabaseUrl url) {
    this.url = url;
    this.dataSource = new HikariDataSource(pool(url));
    this.jdbc = JdbcClient.create(dataSource);
    var config = pool(url);
    config.setPoolName("test-schema");
    config.setSchema("junction");
    this.inSchema = new HikariDataSource(config);
  }

  /** The database itself, for {@code @DynamicPropertySource}; the first call starts it. */
  public static TestDatabase shared() {
    return Shared.DATABASE;
  }

  /** Without user and password, which have their own accessors. */
  public String jdbcUrl() {
    return url.jdbcUrl();
  }

  /** The owner of the database, a superuser. */
  public String username() {
    return url.username();
  }

  /** Never blank with the embedded server, though it takes any. */
  public String password() {
    return url.password();
  }

  /** A pool of up to 24 connections that is shared by all tests; do not close it. */
  public DataSource dataSource() {
    return dataSource;
  }

  /** A pool with the daemons' search path: statements need not name the schema; do not close it. */
  public DataSource inSchema() {
    return inSchema;
  }

  /** A connection for each use, likewise, but with this address in place of the server's own. */
  public DataSource inSchema(String jdbcUrl) {
    var source = new DriverManagerDataSource(jdbcUrl, url.username(), url.password());
    source.setSchema("junction");
    return source;
  }

  /** Sets up and looks at rows in tests; statements name the schema: {@code junction.jobs}. */
  public JdbcClient jdbc() {
    return jdbc;
  }

  /** How many wait for a lock that somebody else holds. */
  public long waiters() {
    return jdbc.sql("SELECT count(*) FROM pg_locks WHERE NOT granted")
        .query((row, n) -> row.getLong(1))
        .single();
  }

  /** Returns once somebody waits for a lock; who asks holds it. */
  public void awaitAWaiter() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (waiters() == 0) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("nobody waits for a lock within " + PATIENCE.toSeconds() + " s");
      }
      Thread.onSpinWait();
    }
  }

  /**
   * Empties all tables of the schema but the {@linkplain #KEPT_TABLES kept} ones, and starts their
   * sequences over. A loop that a test left running may hold a lock: it is waited for, not forever.
   */
  void clear() {
    String tables =
        jdbc
            .sql(
                """
                SELECT format('%I.%I', schemaname, tablename)
                FROM pg_tables
                WHERE schemaname = 'junction' AND tablename NOT IN (:kept)
                """)
            .param("kept", KEPT_TABLES)
            .query((row, number) -> row.getString(1))
            .list()
            .stream()
            .collect(Collectors.joining(", "));
    if (tables.isEmpty()) {
      return;
    }
    String statement =
        "SET lock_timeout = '10s'; TRUNCATE "
            + tables
            + " RESTART IDENTITY CASCADE;"
            + " RESET lock_timeout";
    for (int attempt = 1; ; attempt++) {
      try {
        jdbc.sql(statement).update();
        return;
      } catch (PessimisticLockingFailureException deadlock) {
        if (attempt == CLEARINGS) {
          throw new IllegalStateException(
              "the tables cannot be emptied: a former test left a transaction open", deadlock);
        }
      }
    }
  }

  private static TestDatabase create() {
    var source = PostgresSource.find();
    var random = new byte[6];
    ThreadLocalRandom.current().nextBytes(random);
    String name = "junction_test_" + HexFormat.of().formatHex(random);
    var server = JdbcClient.create(connections(source.url()));
    for (String statement :
        List.of(
            "CREATE DATABASE " + name,
            "ALTER DATABASE " + name + " SET timezone = 'America/Los_Angeles'")) {
      server.sql(statement).update();
    }
    var url = source.url().withDatabase(name);
    if (source.lasting()) {
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> server.sql("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)").update(),
                  "drop-" + name));
    }
    Flyway.configure()
        .dataSource(connections(url))
        .schemas("junction")
        .defaultSchema("junction")
        .locations("classpath:db/migration")
        .load()
        .migrate();
    LoggerFactory.getLogger(TestDatabase.class)
        .info("test database {} ({})", url.jdbcUrl(), source.description());
    return new TestDatabase(url);
  }

  private static DataSource connections(DatabaseUrl url) {
    return new DriverManagerDataSource(url.jdbcUrl(), url.username(), url.password());
  }

  private static HikariConfig pool(DatabaseUrl url) {
    var config = new HikariConfig();
    config.setPoolName("test-database");
    config.setJdbcUrl(url.jdbcUrl());
    config.setUsername(url.username());
    config.setPassword(url.password());
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(0);
    return config;
  }

  /** Made at the first use, once, also when two threads ask together. */
  private static final class Shared {
    private static final TestDatabase DATABASE = create();
  }
}
