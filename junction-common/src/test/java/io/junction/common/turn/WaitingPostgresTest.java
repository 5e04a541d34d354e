package io.junction.common.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.testing.Postgres;
import io.junction.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who waits in a queue, and what is known of his turn. */
@Postgres
class WaitingPostgresTest {

  private final TestDatabase database;
  private final WaitingStatements statements;

  WaitingPostgresTest(TestDatabase database) {
    this.database = database;
    this.statements = new WaitingStatements(JdbcClient.create(database.inSchema()));
  }

  /** Jobs 1 to 7; the last is not in line. */
  @BeforeEach
  void queue() {
    database
        .jdbc()
        .sql(
            """
            INSERT INTO junction.jobs (queue, state, owner, priority, queued_at)
            VALUES ('q', 'queued', 'c', 0, now()), ('q', 'queued', 'a', 0, now()),
                   ('q', 'queued', 'a', 5, now()), ('q', 'queued', NULL, 0, now()),
                   ('q', 'queued', 'b', 0, now()), ('other', 'queued', 'd', 0, now()),
                   ('q', 'created', 'e', 0, NULL);
            INSERT INTO junction.owners (name, weight) VALUES ('a', 3);
            INSERT INTO junction.queue_turns (queue, owner, pass, clock)
            VALUES ('q', 'a', 40, 20), ('q', 'c', 35, 25), ('other', 'a', 900, 700)
            """)
        .update();
  }

  @Test
  void each_owner_stands_there_once_with_his_pass_his_weight_and_his_first_job() {
    assertThat(look("", 100))
        .isEqualTo(
            new QueueTurns(
                25,
                List.of(
                    new Waiting("", 0, 1, 4, Waiting.ANY),
                    new Waiting("a", 40, 3, 3, Waiting.ANY),
                    new Waiting("b", 0, 1, 5, Waiting.ANY),
                    new Waiting("c", 35, 1, 1, Waiting.ANY)),
                false));
    assertThat(statements.waiting(Map.of("nobody", ""), 100)).isEmpty();
  }

  @Test
  void a_look_begins_with_a_name_and_goes_on_from_the_first() {
    assertThat(look("b", 100).waiting())
        .extracting(Waiting::owner)
        .containsExactly("b", "c", "", "a");
    assertThat(look("", 2).waiting()).extracting(Waiting::owner).containsExactly("", "a");
    assertThat(look("c", 3).waiting()).extracting(Waiting::owner).containsExactly("c", "", "a");
    assertThat(look("c", 3).cut()).isTrue();
  }

  @Test
  void a_jobs_place_follows_from_how_many_each_has() {
    var turns = statements.counted("q", look("", 100), 100);
    assertThat(turns.waiting()).extracting(Waiting::jobs).containsExactly(1, 2, 1, 1);
    assertThat(statements.ahead(2, 100)).isEqualTo(1);
    assertThat(statements.ahead(3, 100)).isZero();
    assertThat(Turns.before(turns, "a", statements.ahead(2, 100), 100)).hasValue(4);
  }

  private QueueTurns look(String since, int most) {
    return Objects.requireNonNull(statements.waiting(Map.of("q", since), most).get("q"));
  }
}
