package io.junction.api.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.testing.KeyedPlans;
import io.junction.testing.Postgres;
import io.junction.testing.TestDatabase;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Postgres
class RollCallPostgresTest {

  private final Room room = new Room(100);
  private final TestDatabase database;
  private final JdbcClient jdbc;
  private final RollCall rollCall;

  RollCallPostgresTest(TestDatabase database) {
    this.database = database;
    this.jdbc = JdbcClient.create(database.inSchema());
    this.rollCall = rollCallOn(jdbc);
  }

  @BeforeEach
  void addQueue() {
    jdbc.sql("INSERT INTO queues (name) VALUES ('q')").update();
  }

  @AfterEach
  void end() {
    rollCall.close();
  }

  @Test
  void it_goes_by_keys() {
    var plans = new KeyedPlans(database);
    assertThat(plans.walks(RollCallStatements.NOTE)).isEmpty();
    plans.analyze("assignments", "workers", "worker_heartbeats");
    assertThat(plans.walks(RollCallStatements.NOTE)).isEmpty();
  }

  @Test
  void it_notes_who_sits_there() {
    var worker = register(1);
    var held = room.sitDown(worker, 7);
    silentFor(worker, "1 hour");

    rollCall.call();

    assertThat(seqOf(worker)).isEqualTo(7);
    assertThat(isSilent(worker)).isFalse();
    assertThat(held.looksUnderWay()).isZero();
  }

  @Test
  void whoever_the_database_knows_more_of_looks_for_itself() {
    var overtaken = register(9);
    var retired = registerWith("retired_at");
    var lost = registerWith("lost_at");
    var draining = registerWith("draining_at");
    var assigned = register(1);
    assign(assigned);
    var unknown = UUID.randomUUID();

    for (var worker : new UUID[] {overtaken, retired, lost, draining, assigned, unknown}) {
      var held = room.sitDown(worker, 7);
      rollCall.call();
      assertThat(held.looksUnderWay()).isEqualTo(1);
      room.seats.pass(worker, 8);
    }
    assertThat(seqOf(overtaken)).isEqualTo(9);
    assertThat(seqOf(lost)).isEqualTo(1);
    assertThat(seqOf(assigned)).isEqualTo(1);
  }

  @Test
  void it_waits_for_no_lock_and_who_is_locked_looks_for_itself() {
    var locked = register(1);
    var other = register(1);
    var held = room.sitDown(locked, 7);
    room.sitDown(other, 7);
    var transaction = new TransactionTemplate(new JdbcTransactionManager(database.dataSource()));

    transaction.executeWithoutResult(
        status -> {
          database
              .jdbc()
              .sql("SELECT FROM junction.worker_heartbeats WHERE worker_id = :id FOR UPDATE")
              .param("id", locked)
              .query()
              .listOfRows();
          rollCall.call();
        });

    assertThat(seqOf(other)).isEqualTo(7);
    assertThat(seqOf(locked)).isEqualTo(1);
    assertThat(held.looksUnderWay()).isEqualTo(1);
  }

  @Test
  void who_came_by_since_the_last_one_is_noted_too() {
    var worker = register(1);
    room.sitDownAndLeave(worker, 1);
    var poll = room.enter(worker, 2, true);
    poll.hold(new Waiting(), Room.LONG);
    poll.end(Held.Ending.TIME);

    rollCall.call();

    assertThat(seqOf(worker)).isEqualTo(2);
  }

  @Test
  void while_the_database_is_away_it_is_overdue_and_polls_are_held() {
    var away = "jdbc:postgresql://127.0.0.1:1/nowhere";
    try (var cutOff = rollCallOn(JdbcClient.create(database.inSchema(away)))) {
      assertThat(cutOff.overdueFor()).isZero();
      var held = room.sitDown(UUID.randomUUID(), 1);

      cutOff.call();

      assertThat(cutOff.overdueFor()).isPositive();
      assertThat(held.said()).isEmpty();
    }
  }

  @Test
  void when_half_a_lease_was_not_noted_all_are_sent_the_ordinary_way() {
    var away = "jdbc:postgresql://127.0.0.1:1/nowhere";
    var shortLease = new Room(10, Duration.ofMillis(200));
    try (var _ =
        new RollCall(
            shortLease.seats,
            new RollCallStatements(JdbcClient.create(database.inSchema(away))),
            shortLease.properties,
            shortLease.meters)) {
      var held = shortLease.sitDown(UUID.randomUUID(), 1);

      Awaitility.await().until(() -> held.said().contains("TIME"));

      assertThat(shortLease.seated()).isZero();
    }
  }

  private RollCall rollCallOn(JdbcClient client) {
    return new RollCall(room.seats, new RollCallStatements(client), room.properties, room.meters);
  }

  private UUID register(long seq) {
    var id = UUID.randomUUID();
    jdbc.sql(
            """
            WITH worker AS (
              INSERT INTO workers (id, queue, token_hash, lease_ms, silence_ms)
              VALUES (:id, 'q', '', 20000, 30000)
            )
            INSERT INTO worker_heartbeats (worker_id, seq) VALUES (:id, :seq)
            """)
        .param("id", id)
        .param("seq", seq)
        .update();
    return id;
  }

  private UUID registerWith(String column) {
    var id = register(1);
    switch (column) {
      case "retired_at" -> set("UPDATE workers SET retired_at = now() WHERE id = :id", id);
      case "lost_at" -> set("UPDATE workers SET lost_at = now() WHERE id = :id", id);
      default -> set("UPDATE workers SET draining_at = now() WHERE id = :id", id);
    }
    return id;
  }

  private void assign(UUID worker) {
    set(
        """
        INSERT INTO assignments (id, job_id, worker_id, queue, attempt)
        VALUES (gen_random_uuid(), 1, :id, 'q', 1)
        """,
        worker);
  }

  private void silentFor(UUID worker, String interval) {
    jdbc.sql(
            """
            UPDATE worker_heartbeats SET last_heartbeat = now() - :silence::interval
            WHERE worker_id = :id
            """)
        .param("silence", interval)
        .param("id", worker)
        .update();
  }

  private void set(String statement, UUID worker) {
    jdbc.sql(statement).param("id", worker).update();
  }

  private long seqOf(UUID worker) {
    return jdbc.sql("SELECT seq FROM worker_heartbeats WHERE worker_id = :id")
        .param("id", worker)
        .query(Long.class)
        .single();
  }

  private boolean isSilent(UUID worker) {
    return jdbc.sql(
            """
            SELECT last_heartbeat < now() - interval '1 minute'
            FROM worker_heartbeats WHERE worker_id = :id
            """)
        .param("id", worker)
        .query(Boolean.class)
        .single();
  }
}
