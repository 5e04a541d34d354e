package io.junction.standalone.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.junction.standalone.console.Console;
import io.junction.standalone.folder.DataFolder;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The server that dev and demo run on, with its own folder for each test. */
class PostgresPostgresTest {

  private final PrintStream nowhere =
      new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
  private final Console console = new Console(nowhere, nowhere, false, false);

  @TempDir Path path;
  private DataFolder folder;

  @BeforeEach
  void open() {
    folder = DataFolder.at(path);
  }

  @Test
  void it_is_durable_private_and_the_same_after_a_restart() throws SQLException {
    int port;
    String password;
    try (var postgres = Postgres.start(folder, console)) {
      port = postgres.port();
      password = postgres.password();
      assertThat(ask(postgres, "SHOW fsync")).isEqualTo("on");
      assertThat(ask(postgres, "SHOW synchronous_commit")).isEqualTo("on");
      assertThat(ask(postgres, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(ask(postgres, "SHOW unix_socket_directories")).isEmpty();
      assertThat(ask(postgres, "SHOW server_version")).startsWith(Cluster.MAJOR + ".");
      assertThatThrownBy(() -> DriverManager.getConnection(postgres.jdbcUrl(), "postgres", "guess"))
          .hasMessageContaining("password authentication failed");
      assertThat(ask(postgres, "CREATE TABLE t AS SELECT 7 AS n; SELECT n FROM t")).isEqualTo("7");
    }
    try (var postgres = Postgres.start(folder, console)) {
      assertThat(postgres.port()).isEqualTo(port);
      assertThat(postgres.password()).isEqualTo(password);
      assertThat(ask(postgres, "SELECT n FROM t")).isEqualTo("7");
    }
    assertThat(Leftover.of(folder.postgres())).isEmpty();
  }

  @Test
  void one_that_was_left_behind_is_found_and_ended() throws Exception {
    // The library then finds no server to stop, and reports that at length.
    ((Logger) LoggerFactory.getLogger("io.zonky")).setLevel(Level.OFF);
    try (var _ = Postgres.start(folder, console)) {
      var server = Leftover.of(folder.postgres()).orElseThrow();

      Leftover.end(folder.postgres(), server);

      assertThat(Leftover.of(folder.postgres())).isEmpty();
      assertThat(folder.postgres().resolve("postmaster.pid")).doesNotExist();
    }
  }

  @Test
  void a_number_that_was_given_to_another_process_is_none() throws Exception {
    Files.createDirectories(folder.postgres());
    var self = ProcessHandle.current().pid() + "\n";
    Files.writeString(folder.postgres().resolve("postmaster.pid"), self);

    assertThat(Leftover.of(folder.postgres())).isEmpty();
  }

  @Test
  void what_was_never_finished_is_made_anew() throws Exception {
    Files.writeString(path.resolve("postgres.unfinished"), "");
    Files.createDirectories(folder.postgres().resolve("base"));
    Files.writeString(folder.postgres().resolve("PG_VERSION"), "18\n");

    try (var postgres = Postgres.start(folder, console)) {
      assertThat(ask(postgres, "SELECT 1")).isEqualTo("1");
    }
    assertThat(path.resolve("postgres.unfinished")).doesNotExist();
  }

  private static String ask(Postgres postgres, String sql) throws SQLException {
    try (var connection =
            DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
        var statement = connection.createStatement()) {
      statement.execute(sql);
      while (statement.getResultSet() == null) {
        statement.getMoreResults();
      }
      var rows = statement.getResultSet();
      rows.next();
      return rows.getString(1);
    }
  }
}
