package io.junction.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

class PostgresServerPostgresTest {

  @TempDir Path folder;

  @Test
  void what_was_committed_survives_a_crash() throws SQLException {
    try (var server = new PostgresServer(folder.resolve("data"), 0)) {
      server.start();
      var jdbc = JdbcClient.create(server.dataSource());
      jdbc.sql("CREATE TABLE things AS SELECT 42 AS id").update();
      try (var cut = server.dataSource().getConnection()) {
        server.stopImmediately();
        assertThat(cut.isValid(1)).isFalse();
      }
      assertThatThrownBy(() -> server.dataSource().getConnection())
          .isInstanceOf(SQLException.class);
      server.start();
      assertThat(jdbc.sql("SELECT id FROM things").query((row, n) -> row.getInt(1)).single())
          .isEqualTo(42);
      assertThat(jdbc.sql("SHOW fsync").query((row, n) -> row.getString(1)).single())
          .isEqualTo("on");
    }
  }
}
