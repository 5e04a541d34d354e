package io.junction.testing;

import ch.qos.logback.classic.Level;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * A durable Postgres of a test's own, which can lose its power and come back on the same port.
 *
 * <p>Unlike the shared one it keeps its promises: fsync and synchronous_commit are on, so whatever
 * was committed before {@link #stopImmediately} is there after {@link #start}.
 *
 * <p>Concurrency: one test thread at a time. Works as root, too.
 */
public final class PostgresServer implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Path data;
  private final int port;
  private @Nullable EmbeddedPostgres running;

  /**
   * A server that does not run yet.
   *
   * @param data its folder, made when it is missing, kept when the server is closed
   * @param port a free one, or 0 to have one chosen now
   */
  public PostgresServer(Path data, int port) {
    this.data = data;
    this.port = port == 0 ? freePort() : port;
  }

  /** Starts it and waits until it answers; its recovery after a crash included. */
  public void start() {
    if (running != null) {
      throw new IllegalStateException("Postgres runs already on port " + port);
    }
    requireFree(port);
    running = Quietly.with("io.zonky", Level.WARN, this::launchTwice);
  }

  /** Leftovers of a killed server may still be going away: the second try finds them gone. */
  private EmbeddedPostgres launchTwice() {
    try {
      return launch();
    } catch (IOException | IllegalStateException first) {
      LoggerFactory.getLogger(PostgresServer.class).info("trying again: {}", first.toString());
      try {
        return launch();
      } catch (IOException second) {
        second.addSuppressed(first);
        throw new UncheckedIOException("Postgres does not start on port " + port, second);
      }
    }
  }

  /**
   * Ends it at once, as a crash would: no checkpoint, every connection cut, every open transaction
   * gone. Returns when the port and the folder are free again.
   */
  public void stopImmediately() {
    var server = running();
    long postmaster = postmaster();
    signal("QUIT", postmaster);
    Awaitility.await("Postgres (process " + postmaster + ") to end after a QUIT")
        .atMost(PATIENCE)
        .until(() -> !Files.exists(pidFile()));
    running = null;
    // Zonky finds no server to stop, and reports it; it is closed to let go of the folder's lock.
    releaseFolder(server, Level.OFF);
  }

  /** Ends it in good order, if it runs. */
  @Override
  public void close() {
    var server = running;
    running = null;
    if (server != null) {
      releaseFolder(server, Level.WARN);
    }
  }

  /** Of the database {@code postgres}, which is empty at first; without user and password. */
  public String jdbcUrl() {
    return "jdbc:postgresql://localhost:%d/postgres".formatted(port);
  }

  /** The superuser. */
  public String username() {
    return "postgres";
  }

  /** Any would do. */
  public String password() {
    return "postgres";
  }

  /** The same before and after a restart. */
  public int port() {
    return port;
  }

  /** A new connection at each request, so that none is left over from before a restart. */
  public DataSource dataSource() {
    return new DriverManagerDataSource(jdbcUrl(), username(), password());
  }

  private EmbeddedPostgres launch() throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        .setPort(port)
        .setLocaleConfig("locale", "C.UTF-8")
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("timezone", "America/Los_Angeles")
        .setPGStartupWait(PATIENCE)
        .start();
  }

  private EmbeddedPostgres running() {
    if (running == null) {
      throw new IllegalStateException("Postgres does not run on port " + port);
    }
    return running;
  }

  private Path pidFile() {
    return data.resolve("postmaster.pid");
  }

  private long postmaster() {
    try (var lines = Files.lines(pidFile())) {
      return Long.parseLong(lines.findFirst().orElseThrow().strip());
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot read " + pidFile(), failure);
    }
  }

  private static void releaseFolder(EmbeddedPostgres server, Level level) {
    Quietly.with(
        "io.zonky",
        level,
        () -> {
          try {
            server.close();
            return server;
          } catch (IOException failure) {
            throw new UncheckedIOException("Postgres does not stop", failure);
          }
        });
  }

  /** By the shell, whose kill is built in: a bare machine may lack the program of that name. */
  private static void signal(String name, long process) {
    try {
      var kill =
          new ProcessBuilder("sh", "-c", "kill -s \"$0\" \"$1\"", name, Long.toString(process))
              .inheritIO()
              .start();
      if (!kill.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || kill.exitValue() != 0) {
        throw new IllegalStateException("cannot send " + name + " to process " + process);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot run sh", failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while sending " + name, interrupted);
    }
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException failure) {
      throw new UncheckedIOException("no free port", failure);
    }
  }

  /** Asked first, because zonky takes up to 30 seconds to notice that a port is taken. */
  private static void requireFree(int port) {
    try (var socket = new ServerSocket(port)) {
      socket.getLocalPort();
    } catch (IOException taken) {
      throw new UncheckedIOException("port " + port + " is taken", taken);
    }
  }
}
