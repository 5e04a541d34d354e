package io.junction.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Each thing that can keep a job, or be under way with it, has its case. */
@ApiServer
class ExplainHttpTest {

  private final Client api;
  private final TestDatabase database;
  private final Placing placing;

  ExplainHttpTest(Client api, TestDatabase database) {
    this.api = api;
    this.database = database;
    this.placing = new Placing(database);
  }

  @Test
  void a_job_that_nothing_keeps_is_next() {
    var explained = explain(created("explain.next", "'next-org'"));
    assertThat(explained.path("next").asBoolean()).isTrue();
    assertThat(explained.path("reasons").size()).isZero();
    assertThat(explained.path("summary").asString())
        .isEqualTo("next: the next round of the limiter lets it into its queue");
    assertThat(explained.path("line").path("name").asString()).isEqualTo("owner next-org");
    assertThat(explained.path("line").path("position").asInt()).isEqualTo(1);
  }

  @Test
  void an_owners_limit_is_named_with_the_jobs_that_hold_it() {
    api.put(Client.OPERATOR, "/v1/owners/limit-org", "{\"max_running\": 2}");
    long first = queued("explain.limit", "'limit-org'");
    long second = queued("explain.limit", "'limit-org'");
    created("explain.limit", "'limit-org'");
    var explained = explain(created("explain.limit", "'limit-org'"));
    assertThat(texts(explained)).containsExactly("limit-org runs 2 of 2");
    var reason = explained.path("reasons").path(0);
    assertThat(reason.path("kind").asString()).isEqualTo("owner_limit");
    assertThat(reason.path("count").asInt()).isEqualTo(2);
    assertThat(reason.path("max").asInt()).isEqualTo(2);
    assertThat(ids(reason)).containsExactly(first, second);
    assertThat(explained.path("line").path("position").asInt()).isEqualTo(2);
    assertThat(explained.path("estimate").isMissingNode()).as("nothing ended yet").isTrue();
  }

  @Test
  void those_who_share_a_limit_hold_it_together() {
    api.put(Client.OPERATOR, "/v1/owners/shared-head", "{\"max_running\": 1}");
    api.put(Client.OPERATOR, "/v1/owners/shared-part", "{\"shares_with\": \"shared-head\"}");
    long holder = queued("explain.shared", "'shared-head'");
    created("explain.shared", "'shared-head'");
    var explained = explain(created("explain.shared", "'shared-part'"));
    assertThat(texts(explained)).containsExactly("shared-head runs 1 of 1");
    assertThat(ids(explained.path("reasons").path(0))).containsExactly(holder);
    assertThat(explained.path("line").path("position").asInt()).isEqualTo(2);
  }

  @Test
  void the_limits_of_a_repository_of_an_owner_in_a_queue_and_of_a_group_are_told_together() {
    api.put(Client.OPERATOR, "/v1/repositories/many/app", "{\"max_running\": 1}");
    api.put(Client.OPERATOR, "/v1/owners/many", "{\"queues\": {\"explain.many\": 1}}");
    var columns = "(queue, state, queued_at, owner, repository, concurrency_group)";
    var values = "'explain.many', '%s', %s, 'many', 'many/app', 'many-deploy'";
    long holder = insert(columns, values.formatted("queued", "now()"));
    var explained = explain(insert(columns, values.formatted("created", "NULL")));
    assertThat(texts(explained))
        .containsExactly(
            "the repository many/app runs 1 of 1",
            "many runs 1 of 1 in the queue explain.many",
            "the concurrency group many-deploy runs 1 of 1");
    explained.path("reasons").forEach(reason -> assertThat(ids(reason)).containsExactly(holder));
  }

  @Test
  void a_place_in_a_concurrency_group_is_by_age() {
    var columns = "(queue, state, queued_at, concurrency_group, priority)";
    insert(columns, "'explain.group', 'queued', now(), 'explain-group', 0");
    insert(columns, "'explain.group', 'created', NULL, 'explain-group', 0");
    var explained =
        explain(insert(columns, "'explain.group', 'created', NULL, 'explain-group', 9"));
    assertThat(texts(explained)).containsExactly("the concurrency group explain-group runs 1 of 1");
    assertThat(explained.path("line").path("name").asString())
        .isEqualTo("concurrency group explain-group");
    assertThat(explained.path("line").path("position").asInt()).isEqualTo(2);
  }

  @Test
  void who_stands_behind_others_for_the_last_place_is_told_so() {
    api.put(Client.OPERATOR, "/v1/owners/last-org", "{\"max_running\": 1}");
    created("explain.last", "'last-org'");
    assertThat(texts(explain(created("explain.last", "'last-org'"))))
        .containsExactly("jobs before it take the last places of last-org");
  }

  @Test
  void a_later_stage_waits_for_the_jobs_of_the_one_before() {
    var build =
        api.post(
            Client.SCHEDULER,
            "/v1/builds",
            """
            {"stages": [
              {"jobs": [{"queue": "explain.stage"}, {"queue": "explain.stage"}]},
              {"jobs": [{"queue": "explain.stage"}]}]}
            """);
    assertThat(build.status()).isEqualTo(201);
    var jobs =
        database
            .jdbc()
            .sql("SELECT id FROM junction.jobs WHERE build_id = ? ORDER BY id")
            .param(build.body().path("id").asLong())
            .query((row, n) -> row.getLong(1))
            .list();
    var explained = explain(jobs.get(2));
    assertThat(texts(explained)).containsExactly("stage 2 of 2 waits for 2 jobs of stage 1");
    assertThat(ids(explained.path("reasons").path(0))).containsExactly(jobs.get(0), jobs.get(1));
  }

  @Test
  void an_exclusive_job_is_held_until_the_lease_of_its_last_worker_has_ended() {
    var explained =
        explain(
            insert(
                "(queue, exclusive, held_until)", "'explain.held', true, now() + interval '90 s'"));
    assertThat(texts(explained))
        .containsExactly("held for 1 min, until the lease of its last worker has surely ended");
    assertThat(explained.path("reasons").path(0).path("until_ms").asLong())
        .isBetween(30_000L, 90_000L);
  }

  @Test
  void a_queue_can_be_paused_full_and_without_workers_at_the_same_time() {
    api.put(Client.OPERATOR, "/v1/queues/explain.none", "{\"capacity\": 0}");
    api.post(Client.OPERATOR, "/v1/queues/explain.none/pause", "");
    queued("explain.none", "NULL");
    var explained = explain(queued("explain.none", "NULL"));
    assertThat(texts(explained))
        .containsExactly(
            "the queue explain.none is paused",
            "the queue explain.none runs 0 of 0",
            "no worker is alive in the queue explain.none");
    assertThat(explained.path("line").path("name").asString()).isEqualTo("queue explain.none");
    assertThat(explained.path("line").path("position").asInt()).isEqualTo(2);
  }

  @Test
  void workers_can_be_full_or_drain_or_be_silent() {
    var worker = api.register("explain.full", 1);
    placing.place(queued("explain.full", "NULL"), worker.id());
    var draining = api.register("explain.full", 1);
    run("UPDATE junction.workers SET draining_at = now() WHERE id = '" + draining.id() + "'");
    long waiting = queued("explain.full", "NULL");
    assertThat(texts(explain(waiting)))
        .containsExactly(
            "the only worker of the queue explain.full is full, with 1 slot (1 draining)");
    silence(worker);
    assertThat(texts(explain(waiting)))
        .containsExactly("no worker is alive in the queue explain.full (1 draining, 1 silent)");
  }

  @Test
  void who_stands_further_behind_than_slots_are_free_waits_in_line() {
    api.register("explain.line", 1);
    long first = queued("explain.line", "NULL");
    long second = queued("explain.line", "NULL");
    assertThat(explain(first).path("summary").asString())
        .isEqualTo("next: the next round of the dispatcher gives it to a worker");
    assertThat(texts(explain(second))).containsExactly("1 job is before it, for 1 free slot");
  }

  @Test
  void what_a_worker_has_is_told_from_its_placement_to_its_end() {
    var worker = api.register("explain.run", 5);
    long job =
        insert("(queue, state, queued_at, timeout_ms)", "'explain.run', 'queued', now(), 900000");
    var assignment = placing.place(job, worker.id());
    run(
        "UPDATE junction.assignments SET created_at = now() - interval '3 s' WHERE job_id = "
            + job);
    assertThat(texts(explain(job)))
        .containsExactly("assigned 3 s ago to " + worker.id() + ", not yet taken up");
    report(worker, 1, assignment, "{\"event\": \"receive\"}");
    assertThat(texts(explain(job)).getFirst())
        .startsWith("received by " + worker.id())
        .endsWith("ago, not yet started");
    report(worker, 2, assignment, "{\"event\": \"start\"}");
    var running = explain(job);
    assertThat(texts(running).getFirst()).startsWith("runs on " + worker.id() + " for ");
    assertThat(texts(running).getLast()).isEqualTo("timeout in 14 min");
    assertThat(running.path("line").isMissingNode()).isTrue();
    silence(worker);
    assertThat(texts(explain(job)).getFirst()).endsWith("; the worker has not been heard for 1 h");
    report(worker, 3, assignment, "{\"event\": \"finish\", \"state\": \"failed\"}");
    assertThat(texts(explain(job))).singleElement().asString().startsWith("failed ");
  }

  @Test
  void a_canceled_job_says_why() {
    long job = queued("explain.cancel", "NULL");
    api.post(Client.OPERATOR, "/v1/jobs/" + job + "/cancel", "{\"reason\": \"not needed\"}");
    assertThat(texts(explain(job)))
        .singleElement()
        .asString()
        .startsWith("canceled ")
        .endsWith("ago: not needed");
  }

  @Test
  void a_start_is_guessed_from_the_pace_of_the_queue() {
    var worker = api.register("explain.pace", 1);
    for (int seq = 1; seq <= 2; seq++) {
      var assignment = placing.place(queued("explain.pace", "NULL"), worker.id());
      report(worker, seq, assignment, "{\"event\": \"finish\", \"state\": \"passed\"}");
    }
    placing.place(queued("explain.pace", "NULL"), worker.id());
    queued("explain.pace", "NULL");
    var explained = explain(queued("explain.pace", "NULL"));
    var estimate = explained.path("estimate");
    assertThat(estimate.path("basis").asString())
        .startsWith("2 jobs of the queue explain.pace ended in the last ");
    assertThat(estimate.path("starts_in_ms").asLong()).isPositive();
  }

  @Test
  void a_job_that_is_not_there_is_a_404_and_a_number_is_one() {
    assertThat(api.get(Client.READER, "/v1/jobs/9999999999/explain").problem())
        .isEqualTo("not-found");
    assertThat(api.get(Client.READER, "/v1/jobs/ten/explain").status()).isEqualTo(400);
    assertThat(api.get(Client.WORKER, "/v1/jobs/1/explain").status()).isEqualTo(403);
  }

  private JsonNode explain(long job) {
    var answer = api.get(Client.READER, "/v1/jobs/" + job + "/explain");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().path("next").asBoolean())
        .isEqualTo(answer.body().path("reasons").isEmpty());
    return answer.body();
  }

  private static List<String> texts(JsonNode explained) {
    var texts = new ArrayList<String>();
    explained.path("reasons").forEach(reason -> texts.add(reason.path("text").asString()));
    return texts;
  }

  private static List<Long> ids(JsonNode reason) {
    var ids = new ArrayList<Long>();
    reason.path("held_by").forEach(id -> ids.add(id.asLong()));
    return ids;
  }

  private void report(Client.Registered worker, int seq, Object assignment, String update) {
    var body =
        """
        {"seq": %d, "assignments": ["%s"], "updates": [%s]}
        """
            .formatted(
                seq, assignment, update.replace("{", "{\"assignment\": \"" + assignment + "\", "));
    assertThat(api.post(worker.token(), "/v1/workers/" + worker.id() + "/heartbeat", body).status())
        .isEqualTo(200);
  }

  private void silence(Client.Registered worker) {
    run(
        "UPDATE junction.worker_heartbeats SET last_heartbeat = now() - interval '1 h'"
            + " WHERE worker_id = '"
            + worker.id()
            + "'");
  }

  private long created(String queue, String owner) {
    return insert("(queue, owner)", "'" + queue + "', " + owner);
  }

  private long queued(String queue, String owner) {
    return insert("(queue, state, queued_at, owner)", "'" + queue + "', 'queued', now(), " + owner);
  }

  private long insert(String columns, String values) {
    return database
        .jdbc()
        .sql("INSERT INTO junction.jobs " + columns + " VALUES (" + values + ") RETURNING id")
        .query((row, n) -> row.getLong(1))
        .single();
  }

  private void run(String statement) {
    database.jdbc().sql(statement).update();
  }
}
