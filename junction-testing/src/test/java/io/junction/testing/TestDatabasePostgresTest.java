package io.junction.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@Postgres
class TestDatabasePostgresTest {

  @BeforeAll
  static void two_tables_of_which_one_is_kept() {
    TestDatabase.shared()
        .jdbc()
        .sql(
            """
            CREATE TABLE junction.things (id bigint GENERATED ALWAYS AS IDENTITY, name text);
            CREATE TABLE junction.listening (since timestamptz);
            INSERT INTO junction.listening VALUES (now())
            """)
        .update();
  }

  @RepeatedTest(2)
  void each_test_starts_with_empty_tables(TestDatabase database) {
    long id =
        database
            .jdbc()
            .sql("INSERT INTO junction.things (name) VALUES ('one') RETURNING id")
            .query((row, number) -> row.getLong(1))
            .single();
    assertThat(id).isEqualTo(1);
    assertThat(count(database, "SELECT count(*) FROM junction.listening")).isEqualTo(1);
  }

  @Test
  void the_database_is_far_from_utc(TestDatabase database) {
    assertThat(
            count(
                database,
                """
                SELECT count(*)
                FROM pg_db_role_setting s
                JOIN pg_database d ON d.oid = s.setdatabase
                WHERE d.datname = current_database()
                  AND 'TimeZone=America/Los_Angeles' = ANY (s.setconfig)
                """))
        .isEqualTo(1);
  }

  private static long count(TestDatabase database, String query) {
    return database.jdbc().sql(query).query((row, number) -> row.getLong(1)).single();
  }
}
