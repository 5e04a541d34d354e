package io.junction.api.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.junction.testing.Postgres;
import io.junction.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The number from which on a worker's assignments may be open rises with its heartbeats and misses
 * none; the numbers are those of decision 0015.
 */
@Postgres
class OpenFromPostgresTest {

  private final UUID worker = UUID.randomUUID();
  private final JdbcClient jdbc;
  private final HeartbeatStatements statements;
  private final TransactionTemplate transaction;
  private long seq;

  OpenFromPostgresTest(TestDatabase database) {
    var source = database.inSchema();
    this.jdbc = JdbcClient.create(source);
    this.statements = new HeartbeatStatements(jdbc);
    this.transaction = new TransactionTemplate(new DataSourceTransactionManager(source));
  }

  @BeforeEach
  void register() {
    jdbc.sql("INSERT INTO queues (name) VALUES ('q')").update();
    jdbc.sql(
            """
            INSERT INTO workers (id, queue, token_hash, lease_ms, silence_ms)
            VALUES (?, 'q', '', 20000, 30000)
            """)
        .param(worker)
        .update();
    jdbc.sql("INSERT INTO worker_heartbeats (worker_id) VALUES (?)").param(worker).update();
  }

  @Test
  void it_is_the_lowest_that_is_open() {
    assertThat(beat().openFrom()).isZero();
    var first = place();
    var second = place();
    var third = place();
    assertThat(beat().openFrom()).isEqualTo(numberOf(first));
    end(second);
    assertThat(beat().openFrom()).isEqualTo(numberOf(first));
    end(first);
    assertThat(openAt(beat())).containsExactly(third);
    assertThat(beat().openFrom()).isEqualTo(numberOf(third));
  }

  @Test
  void while_nothing_is_open_it_stays_or_goes_behind_the_last_that_is_known() {
    var first = place();
    long from = beat().openFrom();
    end(first);
    assertThat(beat().openFrom()).isEqualTo(from);
    var stranger = UUID.randomUUID();
    assertThat(beat(Map.of(worker, stranger)).openFrom()).isEqualTo(from);
    assertThat(beat(Map.of(worker, first)).openFrom()).isEqualTo(from + 1);
    assertThat(beat(Map.of(worker, first)).openFrom()).isEqualTo(from + 1);
    var second = place();
    assertThat(openAt(beat())).containsExactly(second);
  }

  @Test
  void interleaving_7_a_heartbeat_while_a_round_has_not_committed() throws Exception {
    var first = place();
    beat();
    var before =
        Objects.requireNonNull(
            transaction.execute(
                status -> {
                  var late = place();
                  CompletableFuture.runAsync(() -> end(first)).join();
                  var heard = CompletableFuture.supplyAsync(this::beat).join();
                  assertThat(openAtElsewhere(heard)).isEmpty();
                  return new Late(late, heard);
                }));

    assertThat(openAt(before.heard())).containsExactly(before.id());
    assertThat(openAt(beat())).containsExactly(before.id());
  }

  @Test
  void interleaving_8_two_copies_hear_the_same_worker() {
    var first = place();
    beat();
    end(first);
    var second = place();
    var other =
        Objects.requireNonNull(
            transaction.execute(
                status -> {
                  beat();
                  var waiting = CompletableFuture.supplyAsync(this::beat);
                  await().until(this::somebodyWaits);
                  return waiting;
                }));

    var heard = other.join();
    assertThat(heard.openFrom()).isEqualTo(numberOf(second));
    assertThat(openAt(heard)).containsExactly(second);
    assertThat(
            jdbc.sql("SELECT seq FROM worker_heartbeats").query((row, n) -> row.getLong(1)).list())
        .containsExactly(seq);
  }

  private HeartbeatStatements.Hearing beat() {
    return beat(Map.of());
  }

  private HeartbeatStatements.Hearing beat(Map<UUID, UUID> last) {
    var beat = new Heartbeat(worker, ++seq, Set.of(), List.of(), false);
    return statements.hear(List.of(beat), last).getFirst();
  }

  private List<UUID> openAt(HeartbeatStatements.Hearing heard) {
    return statements.open(List.of(heard)).stream().map(HeartbeatStatements.Open::id).toList();
  }

  private List<UUID> openAtElsewhere(HeartbeatStatements.Hearing heard) {
    return CompletableFuture.supplyAsync(() -> openAt(heard)).join();
  }

  private UUID place() {
    var id = UUID.randomUUID();
    jdbc.sql(
            """
            INSERT INTO assignments (id, job_id, worker_id, queue, attempt)
            SELECT :id, count(*), :worker, 'q', 1 FROM assignments
            """)
        .param("id", id)
        .param("worker", worker)
        .update();
    return id;
  }

  private void end(UUID id) {
    jdbc.sql("UPDATE assignments SET ended_at = now(), outcome = 'finished' WHERE id = ?")
        .param(id)
        .update();
  }

  private long numberOf(UUID id) {
    return jdbc.sql("SELECT number FROM assignments WHERE id = ?")
        .param(id)
        .query((row, n) -> row.getLong(1))
        .single();
  }

  private boolean somebodyWaits() {
    return jdbc.sql("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
            .query((row, n) -> row.getLong(1))
            .single()
        > 0;
  }

  private record Late(UUID id, HeartbeatStatements.Hearing heard) {}
}
