package io.junction.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.testing.TestDatabase;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Idle workers whose polls cost no statement, against every way in which that could go wrong. */
@ApiServer
class SeatsHttpTest {

  private final Client api;
  private final TestDatabase database;
  private final Placing placing;
  private Client.Registered worker;
  private long seq;

  SeatsHttpTest(Client api, TestDatabase database) {
    this.api = api;
    this.database = database;
    this.placing = new Placing(database);
  }

  @BeforeEach
  void register() {
    worker = api.register("q", 4);
    sit();
  }

  @Test
  void an_idle_worker_that_asks_again_writes_nothing() {
    var before = placing.everything();

    var answer = poll(api, 1);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().path("seq").asLong()).isEqualTo(seq);
    assertThat(answer.body().path("directive").asString()).isEqualTo("run");
    assertThat(placing.everything()).isEqualTo(before);
  }

  @Test
  void a_replay_of_what_was_not_written_is_stale() {
    poll(api, 1);

    var replayed = api.beat(worker, seq);
    var overtaken = beat(api, seq - 1, 1);

    assertThat(replayed.problem()).isEqualTo("stale-heartbeat");
    assertThat(replayed.body().path("last_seq").asLong()).isEqualTo(seq);
    assertThat(overtaken.problem()).isEqualTo("stale-heartbeat");
  }

  @Test
  void a_job_reaches_a_poll_that_was_never_written_and_renews_its_worker() {
    var parked = park(api);
    database
        .jdbc()
        .sql("UPDATE junction.worker_heartbeats SET last_heartbeat = now() - interval '1 hour'")
        .update();
    var assignment = placing.place(api.submit("q"), worker.id());

    placing.hint(worker.id());

    assertThat(parked.join().body().path("assignments").path(0).path("id").asString())
        .isEqualTo(assignment.toString());
    assertThat(storedSeq()).isEqualTo(seq);
    assertThat(isSilentFor("1 minute")).isFalse();
  }

  @Test
  void a_job_that_comes_to_a_worker_that_was_heard_of_lately_writes_nothing() {
    var parked = park(api);
    placing.place(api.submit("q"), worker.id());

    placing.hint(worker.id());

    assertThat(parked.join().body().path("lease_ms").asLong()).isBetween(1_790_000L, 1_800_000L);
    assertThat(storedSeq()).isLessThan(seq);
  }

  @Test
  void the_lease_of_a_held_answer_counts_from_when_the_database_heard_of_it() {
    var parked = park(api);
    long held = System.nanoTime();
    Awaitility.await().until(() -> System.nanoTime() - held > 300_000_000);
    placing.place(api.submit("q"), worker.id());
    database
        .jdbc()
        .sql("UPDATE junction.worker_heartbeats SET last_heartbeat = now() - interval '16 minutes'")
        .update();

    placing.hint(worker.id());

    assertThat(parked.join().body().path("lease_ms").asLong()).isBetween(1_800_300L, 1_830_000L);
  }

  @Test
  void the_lease_of_an_answer_that_nobody_noted_began_before_it() {
    long sat = System.nanoTime();
    Awaitility.await().until(() -> System.nanoTime() - sat > 100_000_000);

    assertThat(poll(api, 1).body().path("lease_ms").asLong()).isBetween(1_790_000L, 1_799_900L);
  }

  @Test
  void a_hint_between_two_polls_is_not_forgotten() {
    placing.hint(worker.id());

    Awaitility.await()
        .until(
            () -> {
              poll(api, 1);
              return storedSeq() == seq;
            });
  }

  @Test
  void a_missed_hint_is_made_good_by_the_roll_call() {
    var parked = park(api);
    var assignment = placing.place(api.submit("q"), worker.id());

    callTheRoll();

    assertThat(parked.join().body().path("assignments").path(0).path("id").asString())
        .isEqualTo(assignment.toString());
  }

  @Test
  void the_roll_call_notes_who_sits_there_and_leaves_its_poll_alone() {
    var parked = park(api);

    callTheRoll();

    Awaitility.await().until(() -> storedSeq() == seq);
    assertThat(parked.isDone()).isFalse();
    api.beat(worker, ++seq);
    assertThat(parked.join().problem()).isEqualTo("stale-heartbeat");
  }

  @Test
  void a_worker_that_moved_to_another_copy_is_no_longer_held_here() {
    var parked = park(api);
    var moved = api.other().beat(worker, ++seq);

    callTheRoll();

    assertThat(moved.status()).isEqualTo(200);
    assertThat(parked.join().problem()).isEqualTo("stale-heartbeat");
    assertThat(storedSeq()).isEqualTo(seq);
  }

  @Test
  void work_that_another_copy_gave_out_is_not_given_out_again_here() {
    var parked = park(api);
    placing.place(api.submit("q"), worker.id());
    var moved = api.other().beat(worker, ++seq);

    placing.hint(worker.id());

    assertThat(moved.body().path("assignments").size()).isEqualTo(1);
    assertThat(parked.join().problem()).isEqualTo("stale-heartbeat");
  }

  @Test
  void a_worker_that_comes_back_after_work_elsewhere_is_applied() {
    var assignment = placing.place(api.submit("q"), worker.id());
    api.other().beat(worker, ++seq);
    api.other().beat(worker, ++seq, assignment);
    placing.hint(worker.id());

    Awaitility.await()
        .until(
            () -> {
              poll(api, 1);
              return storedSeq() == seq;
            });
    assertThat(placing.outcomeOf(assignment)).as("it is no longer listed").isEqualTo("lost");
  }

  @Test
  void a_worker_that_was_given_up_on_while_it_sat_here_is_found_again() {
    var parked = park(api);
    set("UPDATE junction.workers SET lost_at = now() WHERE id = :id");

    callTheRoll();

    Awaitility.await()
        .until(
            () ->
                api.get(Client.READER, "/v1/workers/" + worker.id())
                    .body()
                    .path("state")
                    .asString()
                    .equals("alive"));
    assertThat(parked.isDone()).isFalse();
    api.beat(worker, ++seq);
    parked.join();
  }

  @Test
  void one_that_is_retired_while_it_sits_here_is_told_to_stop() {
    var parked = park(api);

    api.other().delete(Client.OPERATOR, "/v1/workers/" + worker.id());

    assertThat(parked.join().body().path("directive").asString()).isEqualTo("stop");
    assertThat(poll(api, 1).body().path("directive").asString()).isEqualTo("stop");
  }

  @Test
  void one_that_is_to_drain_is_told_so_without_a_hint() {
    var parked = park(api);
    set("UPDATE junction.workers SET draining_at = now() WHERE id = :id");

    callTheRoll();

    assertThat(parked.join().body().path("directive").asString()).isEqualTo("drain");
  }

  @Test
  void a_registration_that_is_gone_is_told_so() {
    var parked = park(api);
    set("DELETE FROM junction.worker_heartbeats WHERE worker_id = :id");
    set("DELETE FROM junction.workers WHERE id = :id");

    callTheRoll();

    assertThat(parked.join().problem()).isEqualTo("not-found");
  }

  @Test
  void a_worker_that_runs_something_is_held_for_max_wait_only() {
    var assignment = placing.place(api.submit("q"), worker.id());
    api.other().beat(worker, ++seq);
    api.other().beat(worker, ++seq, assignment);
    long sent = System.nanoTime();

    var answer =
        api.other()
            .beat(
                worker,
                "{\"seq\":%d,\"assignments\":%s,\"wait_ms\":600000}"
                    .formatted(++seq, Client.list(assignment)));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(System.nanoTime() - sent).isBetween(4_900_000_000L, 60_000_000_000L);
    assertThat(answer.body().path("lease_ms").asLong()).isEqualTo(1_800_000);
  }

  /** The first heartbeat is applied, and settles the seat. */
  private void sit() {
    assertThat(poll(api, 1).status()).isEqualTo(200);
    assertThat(storedSeq()).isEqualTo(seq);
  }

  private Client.Answer poll(Client copy, long waitMs) {
    return beat(copy, ++seq, waitMs);
  }

  private Client.Answer beat(Client copy, long number, long waitMs) {
    return copy.beat(
        worker, "{\"seq\":%d,\"assignments\":[],\"wait_ms\":%d}".formatted(number, waitMs));
  }

  private CompletableFuture<Client.Answer> park(Client copy) {
    long number = ++seq;
    var parked = CompletableFuture.supplyAsync(() -> beat(copy, number, 600_000));
    Awaitility.await().until(() -> Metrics.gauge(copy, "junction_polls_parked") == 1);
    assertThat(storedSeq()).as("it is held without a word to the database").isLessThan(number);
    return parked;
  }

  /** A hint that nobody can read stands for hints that may have been missed. */
  private void callTheRoll() {
    database.jdbc().sql("SELECT pg_notify('junction_worker', '?') IS NULL").query().singleRow();
  }

  private void set(String statement) {
    database.jdbc().sql(statement).param("id", worker.id()).update();
  }

  private long storedSeq() {
    return database
        .jdbc()
        .sql("SELECT seq FROM junction.worker_heartbeats WHERE worker_id = :id")
        .param("id", worker.id())
        .query(Long.class)
        .single();
  }

  private boolean isSilentFor(String interval) {
    return database
        .jdbc()
        .sql(
            """
            SELECT now() - last_heartbeat > :silence::interval
            FROM junction.worker_heartbeats WHERE worker_id = :id
            """)
        .param("silence", interval)
        .param("id", worker.id())
        .query(Boolean.class)
        .single();
  }
}
