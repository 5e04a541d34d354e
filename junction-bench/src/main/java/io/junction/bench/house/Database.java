package io.junction.bench.house;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The Postgres that is measured: fsync and synchronous_commit on, everything else as it comes, and
 * {@code pg_stat_statements} so that statements can be counted.
 */
public final class Database implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int POOL = 4;

  private final EmbeddedPostgres server;
  private final HikariDataSource pool;
  private final ProcessHandle process;

  private Database(EmbeddedPostgres server, HikariDataSource pool) {
    this.server = server;
    this.pool = pool;
    this.process = serverOf(pool);
  }

  static Database start(Path folder) {
    try {
      var output = Redirect.appendTo(folder.resolve("postgres.log").toFile());
      var server =
          EmbeddedPostgres.builder()
              .setDataDirectory(folder.resolve("postgres"))
              .setCleanDataDirectory(true)
              .setLocaleConfig("locale", "C.UTF-8")
              .setServerConfig("fsync", "on")
              .setServerConfig("synchronous_commit", "on")
              .setServerConfig("listen_addresses", "127.0.0.1")
              .setServerConfig("unix_socket_directories", "")
              .setServerConfig("max_connections", "100")
              .setServerConfig("max_wal_size", "4GB")
              .setServerConfig("shared_preload_libraries", "pg_stat_statements")
              .setServerConfig("pg_stat_statements.track_planning", "off")
              .setOutputRedirector(output)
              .setErrorRedirector(output)
              .setPGStartupWait(PATIENCE)
              .start();
      var pool = pool(server);
      JdbcClient.create(pool).sql("CREATE EXTENSION IF NOT EXISTS pg_stat_statements").update();
      return new Database(server, pool);
    } catch (IOException | RuntimeException e) {
      throw new Refusal(
          "Postgres does not start: " + e.getMessage() + "\nIts log is in " + folder, e);
    }
  }

  private static HikariDataSource pool(EmbeddedPostgres server) {
    var config = new HikariConfig();
    config.setDataSource(server.getPostgresDatabase());
    config.setMaximumPoolSize(POOL);
    config.setConnectionInitSql("SET search_path TO junction, public");
    config.setPoolName("bench");
    return new HikariDataSource(config);
  }

  /** As the daemons take it; without user and password. */
  public String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres";
  }

  /** For the bench's own statements: setting up, counting. The schema is Junction's. */
  public JdbcClient jdbc() {
    return JdbcClient.create(pool);
  }

  /** The pool behind {@link #jdbc}. */
  public DataSource dataSource() {
    return pool;
  }

  /** A connection of its own, as a customer's scheduler has one; it prepares what it repeats. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(
        jdbcUrl() + "?currentSchema=junction&prepareThreshold=1", "postgres", "postgres");
  }

  /** The process that is the parent of all that serve connections. */
  public ProcessHandle server() {
    return process;
  }

  private static ProcessHandle serverOf(HikariDataSource pool) {
    return JdbcClient.create(pool)
        .sql("SELECT pg_backend_pid() AS pid")
        .query((row, n) -> ProcessHandle.of(row.getLong("pid")))
        .single()
        .flatMap(ProcessHandle::parent)
        .orElseThrow();
  }

  /** As the server says it. */
  public String version() {
    return jdbc().sql("SHOW server_version").query((row, n) -> row.getString(1)).single();
  }

  @Override
  public void close() {
    pool.close();
    try {
      server.close();
    } catch (IOException e) {
      throw new Refusal("Postgres was not stopped in good order", e);
    }
  }
}
