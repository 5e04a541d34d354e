package io.junction.common.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {

  @Test
  void a_jdbc_url_is_taken_as_it_is() {
    var url = "jdbc:postgresql://db:5433/junction?user=j&password=p&prepareThreshold=0";
    assertThat(DatabaseUrl.parse(" " + url + "\n")).isEqualTo(new DatabaseUrl(url, null, null));
  }

  @Test
  void a_hosts_url_is_taken_apart() {
    assertThat(
            DatabaseUrl.parse("postgresql://jun%40ction:p%2Fw+1%25@db:5433/work?sslmode=require"))
        .isEqualTo(
            new DatabaseUrl(
                "jdbc:postgresql://db:5433/work?sslmode=require", "jun@ction", "p/w+1%"));
    assertThat(DatabaseUrl.parse("postgres://db/work"))
        .isEqualTo(new DatabaseUrl("jdbc:postgresql://db/work", null, null));
    assertThat(DatabaseUrl.parse("postgres://j@db"))
        .isEqualTo(new DatabaseUrl("jdbc:postgresql://db/", "j", null));
    assertThat(DatabaseUrl.parse("postgresql://j:p@one:5432,two:5433/work"))
        .isEqualTo(new DatabaseUrl("jdbc:postgresql://one:5432,two:5433/work", "j", "p"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost:5432/secret",
        "mysql://j:secret@db/work",
        "http://db/secret",
        "jdbc:mysql://db/secret",
        "postgresql://j:%zzsecret@db/work",
        "postgresql://j:sec@ret@db/work"
      })
  void anything_else_is_refused_without_repeating_it(String text) {
    assertThatThrownBy(() -> DatabaseUrl.parse(text))
        .isInstanceOf(RefusedStart.class)
        .hasMessageContaining("JUNCTION_DATABASE_URL")
        .hasMessageNotContaining("secret")
        .extracting(refused -> ((RefusedStart) refused).advice())
        .asString()
        .startsWith("Write ");
  }

  @Test
  void what_is_shown_holds_no_password() {
    assertThat(DatabaseUrl.shown("jdbc:postgresql://db:5433/work?user=j&password=secret"))
        .isEqualTo("postgresql://db:5433/work");
    assertThat(DatabaseUrl.shown("jdbc:postgresql://j:secret@db/work"))
        .isEqualTo("postgresql://db/work");
  }
}
