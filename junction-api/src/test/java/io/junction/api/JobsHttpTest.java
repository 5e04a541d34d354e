package io.junction.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@ApiServer
class JobsHttpTest {

  private final Client api;
  private final Placing placing;
  private final TestDatabase database;

  JobsHttpTest(Client api, TestDatabase database) {
    this.api = api;
    this.placing = new Placing(database);
    this.database = database;
  }

  @Test
  void a_submitted_job_is_queued_and_can_be_read() {
    var submitted =
        api.post(
            Client.SCHEDULER,
            "/v1/jobs",
            """
            {"queue": "builds.linux", "config": {"command": "make", "n": 1.50, "deep": {"a": [1,
              null]}}, "priority": 7,
             "timeout_ms": 60000, "max_attempts": 3, "exclusive": true}
            """);

    assertThat(submitted.status()).isEqualTo(201);
    var location = submitted.headers().firstValue("location").orElseThrow();
    var job = api.get(Client.READER, location).body();
    assertThat(job.path("state").asString()).isEqualTo("queued");
    assertThat(job.path("attempt").asInt()).isEqualTo(1);
    assertThat(job.path("priority").asInt()).isEqualTo(7);
    assertThat(job.path("timeout_ms").asLong()).isEqualTo(60_000);
    assertThat(job.path("exclusive").asBoolean()).isTrue();
    assertThat(job.path("config").path("n").asDouble()).isEqualTo(1.5);
    assertThat(job.path("config").path("deep").path("a").size()).isEqualTo(2);
    assertThat(job.path("queued_at").asString()).endsWith("Z");
  }

  @Test
  void a_job_that_a_limit_could_count_asks_before_it_is_queued() {
    var submitted =
        api.post(
            Client.SCHEDULER,
            "/v1/jobs",
            """
            {"queue": "q", "owner": "acme", "repository": "acme/web", "public": true,
             "concurrency": {"group": "deploy", "max": 2}}
            """);
    assertThat(submitted.status()).isEqualTo(201);
    var job = api.get(Client.READER, "/v1/jobs/" + submitted.body().path("id").asLong()).body();
    for (var answer : List.of(submitted.body(), job)) {
      assertThat(answer.path("state").asString()).isEqualTo("created");
      assertThat(answer.path("queued_at").isNull()).isTrue();
      assertThat(answer.path("owner").asString()).isEqualTo("acme");
      assertThat(answer.path("public").asBoolean()).isTrue();
      assertThat(answer.path("concurrency").path("group").asString()).isEqualTo("deploy");
      assertThat(answer.path("concurrency").path("max").asInt()).isEqualTo(2);
    }
  }

  @Test
  void many_jobs_are_submitted_in_their_order() {
    var body = new StringBuilder("[");
    for (int i = 0; i < 300; i++) {
      body.append(i == 0 ? "" : ",")
          .append("{\"queue\":\"q\",\"config\":{\"n\":")
          .append(i)
          .append("}}");
    }

    var answer = api.post(Client.SCHEDULER, "/v1/jobs", body.append("]").toString()).body();

    assertThat(answer.size()).isEqualTo(300);
    var ids = new ArrayList<Long>();
    answer.forEach(job -> ids.add(job.path("id").asLong()));
    assertThat(ids).isSorted();
    var last = api.get(Client.READER, "/v1/jobs/" + ids.getLast()).body();
    assertThat(last.path("config").path("n").asInt()).isEqualTo(299);
  }

  @Test
  void a_page_is_newest_first_and_leads_to_the_next() {
    for (int i = 0; i < 5; i++) {
      api.submit(i % 2 == 0 ? "even" : "odd");
    }

    var first = api.get(Client.READER, "/v1/jobs?queue=even&limit=2").body();
    var second =
        api.get(Client.READER, "/v1/jobs?queue=even&limit=2&before=" + first.path("next").asLong())
            .body();

    assertThat(first.path("jobs").valueStream().map(job -> job.path("id").asLong()))
        .containsExactly(5L, 3L);
    assertThat(second.path("jobs").valueStream().map(job -> job.path("id").asLong()))
        .containsExactly(1L);
    assertThat(second.has("next")).isFalse();
  }

  @Test
  void a_page_examines_a_bounded_number_of_jobs_and_says_where_it_stopped() {
    database
        .jdbc()
        .sql(
            """
            INSERT INTO junction.jobs (queue, state, queued_at, finished_at)
            SELECT CASE WHEN n = 1 THEN 'rare' ELSE 'common' END, 'passed', now(), now()
              FROM generate_series(1, 10500) AS n
            """)
        .update();

    var first = api.get(Client.READER, "/v1/jobs?queue=rare&state=passed").body();
    var second =
        api.get(
                Client.READER,
                "/v1/jobs?queue=rare&state=passed&before=" + first.path("next").asLong())
            .body();

    assertThat(first.path("jobs").size()).isZero();
    assertThat(second.path("jobs").size()).isEqualTo(1);
  }

  @Test
  void a_state_that_is_not_final_is_found_however_long_the_history_is() {
    api.submit("q");
    database
        .jdbc()
        .sql(
            """
            INSERT INTO junction.jobs (queue, state, queued_at, finished_at)
            SELECT 'q', 'passed', now(), now() FROM generate_series(1, 10500)
            """)
        .update();

    assertThat(api.get(Client.READER, "/v1/jobs?state=queued").body().path("jobs").size())
        .isEqualTo(1);
  }

  @Test
  void a_cancel_is_final_and_repeating_it_changes_nothing() {
    long job = api.submit("q");

    var first =
        api.post(Client.SCHEDULER, "/v1/jobs/" + job + "/cancel", "{\"reason\":\"a typo\"}");
    var again = api.post(Client.SCHEDULER, "/v1/jobs/" + job + "/cancel", "");

    assertThat(first.body().path("state").asString()).isEqualTo("canceled");
    assertThat(first.body().path("reason").asString()).isEqualTo("a typo");
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.body().path("reason").asString()).isEqualTo("a typo");
  }

  @Test
  void a_job_that_has_passed_cannot_be_canceled() {
    var worker = api.register("q", 1);
    long job = api.submit("q");
    var assignment = placing.place(job, worker.id());
    api.patch(
        worker.token(),
        "/v1/assignments/" + assignment + "/state",
        "{\"event\":\"finish\",\"state\":\"passed\"}");

    var answer = api.post(Client.SCHEDULER, "/v1/jobs/" + job + "/cancel", "");

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.problem()).isEqualTo("refused");
    assertThat(answer.body().path("state").asString()).isEqualTo("passed");
  }

  @Test
  void a_restart_is_another_attempt_until_they_are_used_up() {
    var submitted =
        api.post(Client.SCHEDULER, "/v1/jobs", "{\"queue\":\"q\",\"max_attempts\":2}").body();
    long job = submitted.path("id").asLong();

    var second = api.post(Client.SCHEDULER, "/v1/jobs/" + job + "/restart", "");
    placing.queueAgain(job);
    var third = api.post(Client.SCHEDULER, "/v1/jobs/" + job + "/restart", "");

    assertThat(second.body().path("attempt").asInt()).isEqualTo(2);
    assertThat(second.body().path("state").asString()).isEqualTo("created");
    assertThat(third.status()).isEqualTo(409);
  }

  @Test
  void single_calls_carry_a_job_through_its_life() {
    var worker = api.register("q", 1);
    var assignment = placing.place(api.submit("q"), worker.id());
    var state = "/v1/assignments/" + assignment + "/state";

    assertThat(
            api.patch(worker.token(), state, "{\"event\":\"receive\"}")
                .body()
                .path("verdict")
                .asString())
        .isEqualTo("applied");
    assertThat(
            api.other()
                .patch(worker.token(), state, "{\"event\":\"start\"}")
                .body()
                .path("state")
                .asString())
        .isEqualTo("started");
    assertThat(
            api.patch(worker.token(), state, "{\"event\":\"receive\"}")
                .body()
                .path("verdict")
                .asString())
        .isEqualTo("unchanged");
    assertThat(
            api.patch(
                    worker.token(),
                    state,
                    "{\"event\":\"finish\",\"state\":\"errored\",\"reason\":\"disk\"}")
                .body()
                .path("state")
                .asString())
        .isEqualTo("errored");
    assertThat(api.patch(worker.token(), state, "{\"event\":\"restart\"}").status()).isEqualTo(409);
    assertThat(
            api.post(worker.token(), "/v1/assignments/" + assignment + "/heartbeat", "").status())
        .isEqualTo(409);
  }

  @Test
  void a_queue_is_paused_and_resumed() {
    assertThat(api.put(Client.OPERATOR, "/v1/queues/q", "{\"capacity\":5}").status())
        .isEqualTo(201);
    assertThat(api.put(Client.OPERATOR, "/v1/queues/q", "{\"capacity\":null}").status())
        .isEqualTo(200);
    assertThat(
            api.post(Client.OPERATOR, "/v1/queues/q/pause", "").body().path("paused_at").isNull())
        .isFalse();
    assertThat(
            api.post(Client.OPERATOR, "/v1/queues/q/resume", "").body().path("paused_at").isNull())
        .isTrue();
    assertThat(api.get(Client.READER, "/v1/queues").body().path("queues").size()).isEqualTo(1);
  }

  @Test
  void workers_are_listed_by_version_with_their_attributes() {
    api.post(
        Client.WORKER,
        "/v1/workers",
        "{\"queue\":\"q\",\"protocol\":1,\"version\":\"1.0\",\"attributes\":{\"zone\":\"a\"}}");
    api.post(Client.WORKER, "/v1/workers", "{\"queue\":\"q\",\"protocol\":1,\"version\":\"2.0\"}");

    var old = api.get(Client.READER, "/v1/workers?version=1.0").body().path("workers");

    assertThat(old.size()).isEqualTo(1);
    assertThat(old.path(0).path("attributes").path("zone").asString()).isEqualTo("a");
  }

  @Test
  void the_contract_is_served_with_every_problem() {
    var contract = api.get("", "/v3/api-docs").body();

    assertThat(contract.path("openapi").asString()).startsWith("3.1");
    var heartbeat = contract.path("paths").path("/v1/workers/{id}/heartbeat").path("post");
    assertThat(heartbeat.path("responses").propertyNames())
        .contains("200", "400", "401", "403", "404", "409", "413", "422", "503");
    assertThat(contract.toString()).contains("max_job_count").doesNotContain("maxJobCount");
  }

  @Test
  void health_tells_of_the_database_and_needs_no_token() {
    var ready = api.get("", "/actuator/health/readiness");

    assertThat(ready.status()).isEqualTo(200);
    assertThat(ready.body().path("components").path("db").path("status").asString())
        .isEqualTo("UP");
    assertThat(api.get("", "/actuator/prometheus").status()).isEqualTo(401);
  }
}
