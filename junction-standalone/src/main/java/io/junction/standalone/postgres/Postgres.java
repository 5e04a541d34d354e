package io.junction.standalone.postgres;

import io.junction.standalone.console.Console;
import io.junction.standalone.console.Refusal;
import io.junction.standalone.folder.DataFolder;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Postgres of this process's own, in its data folder. What was committed is on the disk: fsync
 * and synchronous_commit are on, unlike in tests.
 *
 * <p>It listens on the loopback interface only, has no socket in the file system, and asks for a
 * password: not everybody on a machine should be superuser of a database that can run programs.
 */
public final class Postgres implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Postgres.class);
  private static final String LOOPBACK = "127.0.0.1";
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String USER = "postgres";

  private final EmbeddedPostgres server;
  private final String password;

  private Postgres(EmbeddedPostgres server, String password) {
    this.server = server;
    this.password = password;
  }

  /** Starts it and waits until it answers, its recovery after a crash included. */
  public static Postgres start(DataFolder folder, Console console) {
    endLeftover(folder, console);
    var cluster = new Cluster(folder);
    cluster.prepare();
    int port = Ports.ofDatabase(folder);
    ServerLog.prepare(folder.postgresLog());
    try {
      var server = launchTwice(folder, cluster, port);
      cluster.finished();
      return new Postgres(server, cluster.password());
    } catch (IOException | RuntimeException e) {
      throw new Refusal(
          "Postgres does not start. The end of "
              + folder.postgresLog()
              + ":\n"
              + ServerLog.end(folder.postgresLog()),
          e);
    }
  }

  /** Stops what a killed Junction has left behind in this folder. */
  public static void endLeftover(DataFolder folder, Console console) {
    Leftover.of(folder.postgres())
        .ifPresent(
            server -> {
              console.say(
                  "Stopping the Postgres (process "
                      + server.pid()
                      + ") that a killed Junction left behind.");
              Leftover.end(folder.postgres(), server);
            });
  }

  /** Processes of a server that was killed may still be going: the second try finds them gone. */
  private static EmbeddedPostgres launchTwice(DataFolder folder, Cluster cluster, int port)
      throws IOException {
    try {
      return launch(folder, cluster, port);
    } catch (IOException | IllegalStateException e) {
      log.warn("trying again to start Postgres", e);
      cluster.prepare();
      return launch(folder, cluster, port);
    }
  }

  private static EmbeddedPostgres launch(DataFolder folder, Cluster cluster, int port)
      throws IOException {
    var output = Redirect.appendTo(folder.postgresLog().toFile());
    return EmbeddedPostgres.builder()
        .setOverrideWorkingDirectory(Programs.folder(folder).toFile())
        .setDataDirectory(folder.postgres())
        .setCleanDataDirectory(false)
        .setRegisterShutdownHook(false)
        .setPort(port)
        .setLocaleConfig("locale", "C.UTF-8")
        .setLocaleConfig("pwfile", cluster.passwordFile().toString())
        .setLocaleConfig("auth-host", "scram-sha-256")
        .setLocaleConfig("auth-local", "scram-sha-256")
        .setConnectConfig("password", cluster.password())
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("listen_addresses", LOOPBACK)
        .setServerConfig("unix_socket_directories", "")
        .setServerConfig("max_connections", "100")
        .setOutputRedirector(output)
        .setErrorRedirector(output)
        .setPGStartupWait(PATIENCE)
        .start();
  }

  /** As the API and the dispatcher take it; without user and password. */
  public String jdbcUrl() {
    return "jdbc:postgresql://" + LOOPBACK + ":" + port() + "/postgres";
  }

  /** As psql takes it, with user and password. */
  public String url() {
    return "postgresql://" + USER + ":" + password + "@" + LOOPBACK + ":" + port() + "/postgres";
  }

  public int port() {
    return server.getPort();
  }

  /** The superuser. */
  public String user() {
    return USER;
  }

  public String password() {
    return password;
  }

  /** Stops it in good order. */
  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      log.warn("Postgres was not stopped in good order", e);
    }
  }
}
