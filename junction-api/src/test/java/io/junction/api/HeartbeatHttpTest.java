package io.junction.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.testing.TestDatabase;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@ApiServer
class HeartbeatHttpTest {

  private final Client api;
  private final Placing placing;
  private Client.Registered worker;

  HeartbeatHttpTest(Client api, TestDatabase database) {
    this.api = api;
    this.placing = new Placing(database);
  }

  @BeforeEach
  void register() {
    worker = api.register("q", 4);
  }

  @Test
  void the_answer_is_the_whole_list_and_tells_of_a_job_at_first_sight_only() {
    long job = api.submit("q");
    var assignment = placing.place(job, worker.id());

    var first = api.beat(worker, 1);
    var second = api.beat(worker, 2, assignment);

    var work = first.body().path("assignments").path(0);
    assertThat(work.path("id").asString()).isEqualTo(assignment.toString());
    assertThat(work.path("attempt").asInt()).isEqualTo(1);
    assertThat(work.path("job").path("id").asLong()).isEqualTo(job);
    assertThat(work.path("job").path("config").path("command").asString()).isEqualTo("true");
    assertThat(second.body().path("assignments").size()).isEqualTo(1);
    assertThat(second.body().path("assignments").path(0).has("job")).isFalse();
  }

  @Test
  void a_whole_life_travels_in_one_heartbeat() {
    long job = api.submit("q");
    var assignment = placing.place(job, worker.id());

    var answer =
        api.beat(
            worker,
            """
            {"seq": 1, "assignments": [], "updates": [
              {"assignment": "%1$s", "event": "receive"}, {"assignment": "%1$s", "event": "start"},
              {"assignment": "%1$s", "event": "finish", "state": "passed",
                "result": {"exit_code": 0}}]}
            """
                .formatted(assignment));

    assertThat(answer.body().path("updates").valueStream().map(v -> v.path("verdict").asString()))
        .containsExactly("applied", "applied", "applied");
    assertThat(answer.body().path("assignments").size()).isZero();
    var read = api.get(Client.READER, "/v1/jobs/" + job).body();
    assertThat(read.path("state").asString()).isEqualTo("passed");
    assertThat(read.path("result").path("exit_code").asInt()).isZero();
    assertThat(read.path("started_at").isNull()).isFalse();
  }

  @Test
  void a_listed_assignment_that_is_missing_from_the_next_list_is_lost() {
    long job = api.submit("q");
    var assignment = placing.place(job, worker.id());
    api.beat(worker, 1);
    api.beat(worker, 2, assignment);

    api.beat(worker, 3);

    assertThat(placing.outcomeOf(assignment)).isEqualTo("lost");
    assertThat(placing.stateOf(job)).isEqualTo("created");
  }

  @Test
  void an_assignment_that_was_never_listed_is_simply_new() {
    var assignment = placing.place(api.submit("q"), worker.id());

    api.beat(worker, 1);
    api.beat(worker, 2);

    assertThat(placing.outcomeOf(assignment)).isEqualTo("open");
  }

  @Test
  void one_kept_alive_by_single_calls_is_never_taken_for_dropped() {
    var assignment = placing.place(api.submit("q"), worker.id());
    var beat = api.post(worker.token(), "/v1/assignments/" + assignment + "/heartbeat", "");

    api.beat(worker, 1);

    assertThat(beat.status()).isEqualTo(200);
    assertThat(placing.outcomeOf(assignment)).isEqualTo("open");
  }

  @Test
  void an_overtaken_heartbeat_changes_nothing() {
    var assignment = placing.place(api.submit("q"), worker.id());
    api.beat(worker, 1);
    api.beat(worker, 3, assignment);
    var before = placing.everything();

    var late = api.other().beat(worker, 2);

    assertThat(late.status()).isEqualTo(409);
    assertThat(late.problem()).isEqualTo("stale-heartbeat");
    assertThat(late.body().path("last_seq").asLong()).isEqualTo(3);
    assertThat(placing.everything()).isEqualTo(before);
  }

  @Test
  void a_replayed_heartbeat_changes_nothing() {
    var assignment = placing.place(api.submit("q"), worker.id());
    var finish =
        """
        {"seq": 1, "assignments": [], "updates": [{"assignment": "%s", "event": "finish",
          "state": "failed"}]}
        """
            .formatted(assignment);
    api.beat(worker, finish);
    var before = placing.everything();

    assertThat(api.beat(worker, finish).status()).isEqualTo(409);
    assertThat(placing.everything()).isEqualTo(before);
  }

  @Test
  void an_update_that_is_sent_again_is_unchanged() {
    long job = api.submit("q");
    var assignment = placing.place(job, worker.id());
    var update =
        """
        {"seq": %d, "assignments": [],
         "updates": [{"assignment": "%s", "event": "finish", "state": "%s"}]}
        """;
    api.beat(worker, update.formatted(1, assignment, "passed"));

    var again = api.other().beat(worker, update.formatted(2, assignment, "errored"));

    assertThat(again.body().path("updates").path(0).path("verdict").asString())
        .isEqualTo("unchanged");
    assertThat(again.body().path("updates").path(0).path("state").asString()).isEqualTo("passed");
    assertThat(placing.stateOf(job)).isEqualTo("passed");
  }

  @Test
  void a_heartbeat_that_lists_what_was_never_its_own_is_refused_whole() {
    var stranger = api.register("q", 4);
    var theirs = placing.place(api.submit("q"), stranger.id());
    var own = placing.place(api.submit("q"), worker.id());
    var before = placing.everything();

    var foreign =
        api.beat(
            worker,
            """
            {"seq": 1, "assignments": ["%s"], "updates": [{"assignment": "%s", "event": "start"}]}
            """
                .formatted(theirs, own));
    var unknown = api.beat(worker, 1, own, UUID.randomUUID());

    assertThat(foreign.status()).isEqualTo(422);
    assertThat(foreign.field()).isEqualTo("assignments[0]");
    assertThat(unknown.field()).isEqualTo("assignments[1]");
    assertThat(placing.everything()).isEqualTo(before);
  }

  @Test
  void an_update_of_a_strangers_assignment_is_unknown() {
    var stranger = api.register("q", 4);
    long job = api.submit("q");
    var theirs = placing.place(job, stranger.id());

    var answer =
        api.beat(
            worker,
            """
            {"seq": 1, "assignments": [], "updates": [
              {"assignment": "%1$s", "event": "restart"}, {"assignment": "%1$s",
                "event": "finish", "state": "passed"}]}
            """
                .formatted(theirs));

    assertThat(answer.body().path("updates").valueStream().map(v -> v.path("verdict").asString()))
        .containsExactly("unknown", "unknown");
    assertThat(placing.stateOf(job)).isEqualTo("queued");
    assertThat(placing.outcomeOf(theirs)).isEqualTo("open");
  }

  @Test
  void a_draining_worker_gives_back_what_it_has_not_taken_up() {
    var taken = placing.place(api.submit("q"), worker.id());
    api.beat(worker, 1);
    api.beat(worker, 2, taken);
    long waiting = api.submit("q");
    var untaken = placing.place(waiting, worker.id());

    var answer =
        api.beat(
            worker,
            "{\"seq\":3,\"assignments\":%s,\"draining\":true}".formatted(Client.list(taken)));

    assertThat(answer.body().path("directive").asString()).isEqualTo("drain");
    assertThat(answer.body().path("assignments").size()).isEqualTo(1);
    assertThat(placing.outcomeOf(untaken)).isEqualTo("retired");
    assertThat(api.get(Client.READER, "/v1/jobs/" + waiting).body().path("attempt").asInt())
        .isEqualTo(1);
  }

  @Test
  void a_retired_worker_is_told_to_stop_and_its_work_goes_back() {
    long job = api.submit("q");
    var assignment = placing.place(job, worker.id());
    api.beat(worker, 1);

    assertThat(api.delete(Client.OPERATOR, "/v1/workers/" + worker.id()).status()).isEqualTo(204);

    var answer =
        api.beat(
            worker,
            """
            {"seq": 2, "assignments": ["%1$s"], "updates": [{"assignment": "%1$s",
              "event": "finish", "state": "passed"}]}
            """
                .formatted(assignment));
    assertThat(answer.body().path("directive").asString()).isEqualTo("stop");
    assertThat(answer.body().path("assignments").size()).isZero();
    assertThat(answer.body().path("updates").path(0).path("verdict").asString())
        .isEqualTo("refused");
    assertThat(placing.stateOf(job)).isEqualTo("created");
    assertThat(placing.outcomeOf(assignment)).isEqualTo("retired");
  }

  @Test
  void a_worker_that_replaces_another_frees_its_work_at_once() {
    long job = api.submit("q");
    var assignment = placing.place(job, worker.id());

    var answer =
        api.post(
            Client.WORKER,
            "/v1/workers",
            "{\"queue\":\"q\",\"protocol\":1,\"replaces\":\"%s\"}".formatted(worker.id()));

    assertThat(answer.status()).isEqualTo(201);
    assertThat(placing.outcomeOf(assignment)).isEqualTo("retired");
    assertThat(placing.stateOf(job)).isEqualTo("created");
  }

  @Test
  void a_parked_poll_is_answered_when_a_job_is_placed() {
    var parked =
        CompletableFuture.supplyAsync(
            () -> api.beat(worker, "{\"seq\":1,\"assignments\":[],\"wait_ms\":600000}"));
    awaitParked(1);
    var assignment = placing.place(api.submit("q"), worker.id());

    placing.hint(worker.id());

    var answer = parked.join();
    assertThat(answer.body().path("assignments").path(0).path("id").asString())
        .isEqualTo(assignment.toString());
  }

  @Test
  void a_parked_poll_is_answered_when_its_job_is_canceled_on_another_copy() {
    long job = api.submit("q");
    var assignment = placing.place(job, worker.id());
    api.beat(worker, 1);
    var parked =
        CompletableFuture.supplyAsync(
            () ->
                api.beat(
                    worker,
                    "{\"seq\":2,\"assignments\":%s,\"wait_ms\":600000}"
                        .formatted(Client.list(assignment))));
    awaitParked(1);

    var canceled =
        api.other()
            .post(Client.SCHEDULER, "/v1/jobs/" + job + "/cancel", "{\"reason\":\"enough\"}");

    assertThat(canceled.body().path("state").asString()).isEqualTo("canceled");
    assertThat(parked.join().body().path("assignments").size()).isZero();
    assertThat(placing.outcomeOf(assignment)).isEqualTo("canceled");
  }

  @Test
  void a_newer_heartbeat_ends_the_wait_of_the_older() {
    var parked =
        CompletableFuture.supplyAsync(
            () -> api.beat(worker, "{\"seq\":1,\"assignments\":[],\"wait_ms\":600000}"));
    awaitParked(1);

    var newer = api.beat(worker, 2);

    assertThat(newer.status()).isEqualTo(200);
    assertThat(parked.join().problem()).isEqualTo("stale-heartbeat");
  }

  @Test
  void a_worker_that_was_given_up_is_alive_again_with_an_empty_list(TestDatabase database) {
    database
        .jdbc()
        .sql("UPDATE junction.workers SET lost_at = now() WHERE id = :id")
        .param("id", worker.id())
        .update();

    var answer = api.beat(worker, 1);

    assertThat(answer.body().path("directive").asString()).isEqualTo("run");
    assertThat(api.get(Client.READER, "/v1/workers/" + worker.id()).body().path("state").asString())
        .isEqualTo("alive");
  }

  private void awaitParked(int count) {
    Awaitility.await()
        .until(
            () ->
                api.get(Client.READER, "/actuator/prometheus").status() == 200
                    && Metrics.gauge(api, "junction_polls_parked") == count);
  }
}
