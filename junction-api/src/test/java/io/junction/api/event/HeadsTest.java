package io.junction.api.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.junction.api.problem.Refusal;
import io.junction.testing.Concurrently;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

/** Its own polls come once in a minute, which is after the test. */
class HeadsTest {

  private static final long LONG = Duration.ofSeconds(20).toNanos();
  private static final Position FIRST = new Position(5, new Snapshot(100, List.of(90L)));

  private final EventStatements statements = mock(EventStatements.class);
  private final Heads heads =
      new Heads(statements, new EventProperties(1, Duration.ofMinutes(1), Duration.ofSeconds(1)));

  @AfterEach
  void close() {
    heads.close();
  }

  @Test
  void while_nobody_listens_nothing_is_asked() {
    heads.look();
    verifyNoInteractions(statements);
    heads.listen();
    heads.look();
    heads.leave();
    heads.look();
    verify(statements, times(1)).head();
  }

  @Test
  void it_changes_when_a_number_was_given_out_or_an_open_transaction_has_ended() throws Exception {
    assertThat(headAfter(FIRST)).isEqualTo(FIRST);
    assertThat(headAfter(new Position(5, new Snapshot(120, List.of(90L))))).isEqualTo(FIRST);
    assertThat(headAfter(new Position(5, new Snapshot(120, List.of(90L, 110L))))).isEqualTo(FIRST);
    var ended = new Position(5, new Snapshot(130, List.of()));
    assertThat(headAfter(ended)).isEqualTo(ended);
    var more = new Position(6, new Snapshot(130, List.of()));
    assertThat(headAfter(more)).isEqualTo(more);
  }

  @Test
  void it_stays_while_the_database_is_away_or_too_many_transactions_are_open() throws Exception {
    headAfter(FIRST);
    heads.listen();
    when(statements.head()).thenThrow(new DataAccessResourceFailureException("away"));
    heads.look();
    assertThat(heads.awaitOtherThan(null, 1)).isEqualTo(FIRST);
    assertThatThrownBy(heads::now).isInstanceOf(DataAccessResourceFailureException.class);
    org.mockito.Mockito.reset(statements);
    when(statements.head()).thenReturn(null);
    heads.look();
    assertThat(heads.awaitOtherThan(null, 1)).isEqualTo(FIRST);
    assertThatThrownBy(heads::now).isInstanceOf(Refusal.class);
  }

  @Test
  void who_waits_is_woken_by_another_head_and_by_the_end() throws Exception {
    headAfter(FIRST);
    var next = new Position(6, new Snapshot(130, List.of()));
    var woken =
        Concurrently.run(() -> heads.awaitOtherThan(FIRST, LONG), () -> headAfter(next)).getFirst();
    assertThat(woken).isEqualTo(next);
    var ended =
        Concurrently.<Object>run(
            () -> String.valueOf(heads.awaitOtherThan(next, LONG)),
            () -> {
              heads.stop();
              return true;
            });
    assertThat(ended.getFirst()).isEqualTo("null");
  }

  private Position headAfter(Position fresh) throws InterruptedException {
    when(statements.head()).thenReturn(fresh);
    assertThat(heads.now()).isEqualTo(fresh);
    return java.util.Objects.requireNonNull(heads.awaitOtherThan(null, 1));
  }
}
