package io.junction.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://ann:s%40cr+t@db:5433/tests?sslmode=disable",
        "postgres://ann:s%40cr+t@db:5433/tests?sslmode=disable",
        "jdbc:postgresql://db:5433/tests?user=ann&password=s%40cr+t&sslmode=disable",
        " jdbc:postgresql://db:5433/tests?sslmode=disable&user=ann&password=s%40cr+t\n",
      })
  void both_forms_mean_the_same(String url) {
    assertThat(DatabaseUrl.parse(url))
        .isEqualTo(
            new DatabaseUrl("jdbc:postgresql://db:5433/tests?sslmode=disable", "ann", "s@cr+t"));
  }

  @Test
  void what_is_left_out_has_the_usual_value() {
    assertThat(DatabaseUrl.parse("postgresql://db"))
        .isEqualTo(new DatabaseUrl("jdbc:postgresql://db/postgres", "postgres", ""));
  }

  @Test
  void another_database_keeps_hosts_and_options() {
    assertThat(DatabaseUrl.parse("postgresql://a:b@h1:1,h2:2/x?c=d").withDatabase("y").jdbcUrl())
        .isEqualTo("jdbc:postgresql://h1:1,h2:2/y?c=d");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "localhost", "mysql://db/x", "jdbc:postgresql:x", "postgresql://"})
  void anything_else_is_refused_with_an_example(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DatabaseUrl.parse(url))
        .withMessageContaining("postgresql://user:password@host:5432/database");
  }
}
