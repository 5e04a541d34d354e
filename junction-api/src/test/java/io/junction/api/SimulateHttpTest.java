package io.junction.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.testing.TestDatabase;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** What if: the last hours under other limits. */
@ApiServer
class SimulateHttpTest {

  private final Client api;
  private final TestDatabase database;

  SimulateHttpTest(Client api, TestDatabase database) {
    this.api = api;
    this.database = database;
  }

  /**
   * Four jobs of acme came two hours ago, ran for ten minutes each, two at a time; one of nobody
   * ran at once. One ended an hour before, one was canceled, one of last week is over.
   */
  @BeforeEach
  void live() {
    run(
        """
        TRUNCATE junction.jobs, junction.assignments, junction.queues, junction.owners,
          junction.repositories, junction.builds CASCADE;
        INSERT INTO junction.queues (name) VALUES ('linux');
        INSERT INTO junction.owners (name, max_running) VALUES ('acme', 2);
        INSERT INTO junction.jobs (queue, owner, state, created_at, queued_at, received_at,
          started_at, finished_at)
        SELECT 'linux', owner, 'passed', came, came, came + waited, came + waited,
          came + waited + ran
        FROM (
          SELECT owner, now() - came::interval AS came, waited::interval AS waited,
            ran::interval AS ran
          FROM (VALUES
            (1, 'bolt', '8 days', '0', '1 min'),
            (2, 'acme', '2 h', '0', '10 min'),
            (3, 'acme', '2 h', '0', '10 min'),
            (4, 'acme', '2 h', '11 min', '10 min'),
            (5, 'acme', '2 h', '12 min', '10 min'),
            (6, NULL, '1 h', '30 s', '5 min')) AS v(n, owner, came, waited, ran)
          ORDER BY n) AS lived;
        INSERT INTO junction.jobs (queue, owner, state, created_at, finished_at, canceled_at)
        VALUES ('linux', 'acme', 'canceled', now() - interval '1 h', now(), now())
        """);
  }

  @Test
  void waits_are_answered_as_they_were_and_as_they_would_be_before_and_after() {
    var answer =
        simulate("{\"hours\": 24, \"limits\": {\"owners\": {\"acme\": {\"max_running\": 1}}}}");
    assertThat(answer.path("jobs").asInt()).isEqualTo(5);
    assertThat(answer.path("left_out").asInt()).isEqualTo(1);
    assertThat(answer.path("cut").asBoolean()).isFalse();
    assertThat(answer.path("window").path("hours").asInt()).isEqualTo(24);
    assertThat(answer.path("window").path("from").asString()).endsWith("Z");

    assertThat(answer.path("owners").size()).isEqualTo(1);
    var acme = answer.path("owners").path(0);
    assertThat(acme.path("owner").asString()).isEqualTo("acme");
    assertThat(acme.path("jobs").asInt()).isEqualTo(4);
    assertThat(acme.path("max").path("before").asInt()).isEqualTo(2);
    assertThat(acme.path("max").path("after").asInt()).isEqualTo(1);
    assertWaits(acme.path("measured"), 0L, 12 * 60_000L, 12 * 60_000L);
    assertWaits(acme.path("before"), 0L, 10 * 60_000L, 10 * 60_000L);
    assertWaits(acme.path("after"), 10 * 60_000L, 30 * 60_000L, 30 * 60_000L);

    assertThat(answer.path("queues").size()).isEqualTo(1);
    var linux = answer.path("queues").path(0);
    assertThat(linux.path("queue").asString()).isEqualTo("linux");
    assertThat(linux.path("jobs").asInt()).isEqualTo(5);
    assertThat(linux.path("max").path("before").asInt()).as("ran at a time").isEqualTo(2);
    assertWaits(linux.path("measured"), 30_000L, 12 * 60_000L, 12 * 60_000L);
    assertWaits(linux.path("after"), 10 * 60_000L, 30 * 60_000L, 30 * 60_000L);
  }

  @Test
  void a_queue_may_have_more_slots_than_there_are_and_a_capacity() {
    var more =
        simulate(
            """
            {"limits": {"owners": {"acme": {"max_running": -1}}, "queues": {"linux": {"slots": 9}}}}
            """);
    assertWaits(more.path("owners").path(0).path("after"), 0L, 0L, 0L);
    var capped =
        simulate(
            """
            {"limits": {"queues": {"linux": {"slots": 9, "capacity": 1}}}}
            """);
    assertThat(capped.path("queues").path(0).path("max").path("after").asInt()).isEqualTo(1);
    assertWaits(
        capped.path("owners").path(0).path("after"), 10 * 60_000L, 30 * 60_000L, 30 * 60_000L);
  }

  @Test
  void an_owner_who_holds_everything_leaves_its_jobs_waiting() {
    var answer =
        simulate("{\"limits\": {\"owner\": 7, \"owners\": {\"acme\": {\"max_running\": 0}}}}");
    var after = answer.path("owners").path(0).path("after");
    assertThat(after.path("waiting").asInt()).isEqualTo(4);
    assertThat(after.path("p50_ms").isNull()).isTrue();
    assertThat(after.path("max_ms").isNull()).isTrue();
  }

  @Test
  void with_nothing_changed_before_and_after_are_the_same() {
    for (var body : List.of("{}", "{\"limits\": {\"owners\": {\"nobody\": {}}}}")) {
      var acme = simulate(body).path("owners").path(0);
      assertThat(acme.path("before")).isEqualTo(acme.path("after"));
    }
  }

  @Test
  void only_the_hours_that_are_asked_for_are_replayed() {
    assertThat(simulate("{\"hours\": 1}").path("owners").size()).isZero();
    assertThat(simulate("{\"hours\": 168}").path("jobs").asInt()).isEqualTo(5);
  }

  @Test
  void a_job_that_was_restarted_asks_anew_and_one_that_waits_has_waited_so_far() {
    run(
        """
        TRUNCATE junction.jobs CASCADE;
        INSERT INTO junction.jobs (id, queue, owner, state, created_at, queued_at, received_at,
          started_at, finished_at, attempt)
        VALUES (1, 'linux', 'cogs', 'passed', now() - interval '3 h', now() - interval '3 h',
          now() - interval '58 min', now() - interval '58 min', now() - interval '50 min', 2);
        INSERT INTO junction.assignments (id, job_id, worker_id, queue, attempt, ended_at, outcome)
        VALUES (gen_random_uuid(), 1, gen_random_uuid(), 'linux', 1, now() - interval '1 h',
          'lost');
        INSERT INTO junction.jobs (id, queue, owner, state, created_at)
        VALUES (2, 'linux', 'cogs', 'created', now() - interval '20 min')
        """);
    var cogs = simulate("{}").path("owners").path(0);
    assertThat(cogs.path("measured").path("p50_ms").asLong()).isEqualTo(2 * 60_000);
    assertThat(cogs.path("measured").path("max_ms").asLong()).isGreaterThanOrEqualTo(20 * 60_000);
    assertThat(cogs.path("measured").path("waiting").asInt()).isEqualTo(1);
    assertWaits(cogs.path("before"), 0L, 0L, 0L);
  }

  @Test
  void a_later_stage_asks_when_the_one_before_it_has_ended() {
    run(
        """
        TRUNCATE junction.jobs CASCADE;
        INSERT INTO junction.builds (id) VALUES (1);
        INSERT INTO junction.stages (id, build_id, number, state, finished_at)
        VALUES (1, 1, 1, 'passed', now() - interval '50 min'), (2, 1, 2, 'created', NULL);
        INSERT INTO junction.jobs (id, queue, build_id, stage_id, state, created_at, queued_at,
          received_at, started_at, finished_at)
        VALUES
          (1, 'linux', 1, 1, 'passed', now() - interval '1 h', now() - interval '1 h',
           now() - interval '1 h', now() - interval '1 h', now() - interval '50 min'),
          (2, 'linux', 1, 2, 'passed', now() - interval '1 h', now() - interval '50 min',
           now() - interval '49 min', now() - interval '49 min', now() - interval '40 min')
        """);
    var linux = simulate("{}").path("queues").path(0);
    assertWaits(linux.path("measured"), 0L, 60_000L, 60_000L);
    assertWaits(linux.path("before"), 0L, 0L, 0L);
  }

  @Test
  void it_touches_nothing() {
    var before = rows();
    simulate(
        "{\"limits\": {\"owners\": {\"acme\": {\"max_running\": 1, \"queues\": {\"linux\": 1}}}}}");
    assertThat(rows()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'hours': 0} | 422 | hours",
        "{'hours': 169} | 422 | hours",
        "{'limits': {'owner': -2}} | 422 | limits.owner",
        "{'limits': {'owners': {'acme': {'max_running': 1000001}}}} | 422 "
            + "| limits.owners[acme].max_running",
        "{'limits': {'owners': {'acme': {'plan': 'none'}}}} | 422 | limits.owners.acme.plan",
        "{'limits': {'owners': {'acme': null}}} | 422 | limits.owners.acme",
        "{'limits': {'owners': {'': {}}}} | 422 | limits.owners.",
        "{'limits': {'owners': {'acme': {'queues': {'no queue': 1}}}}} | 422 "
            + "| limits.owners.acme.queues",
        "{'limits': {'owners': {'acme': {'queues': {'linux': -2}}}}} | 422 "
            + "| limits.owners.acme.queues.linux",
        "{'limits': {'repositories': {'a/b': -2}}} | 422 | limits.repositories.a/b",
        "{'limits': {'queues': {'linux': {'capacity': -1}}}} | 422 "
            + "| limits.queues[linux].capacity",
        "{'limits': {'queues': {'solaris': {'capacity': 1}}}} | 422 | limits.queues.solaris",
        "{'limits': {'queues': {'linux': {'paused': true}}}} | 400 "
            + "| limits.queues.linux.paused",
      })
  void what_cannot_be_is_refused_and_named(String body, int status, String field) {
    var answer = api.post(Client.OPERATOR, "/v1/simulate", body.replace('\'', '"'));
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
    assertThat(answer.field()).isEqualTo(field);
  }

  /** The first waits for its table, so the second finds it at work. */
  @Test
  void one_is_replayed_at_a_time_and_who_comes_meanwhile_is_told_to_come_again() {
    var transaction = new TransactionTemplate(new JdbcTransactionManager(database.dataSource()));
    var first =
        Objects.requireNonNull(
            transaction.execute(
                status -> {
                  run("LOCK TABLE junction.jobs IN ACCESS EXCLUSIVE MODE");
                  var asked =
                      CompletableFuture.supplyAsync(
                          () -> api.post(Client.OPERATOR, "/v1/simulate", "{}"));
                  database.awaitAWaiter();
                  var second = api.post(Client.OPERATOR, "/v1/simulate", "{}");
                  assertThat(second.status()).isEqualTo(429);
                  assertThat(second.problem()).isEqualTo("busy");
                  assertThat(second.headers().firstValue("Retry-After")).isPresent();
                  return asked;
                }));
    assertThat(first.join().status()).isEqualTo(200);
    assertThat(api.post(Client.OPERATOR, "/v1/simulate", "{}").status()).isEqualTo(200);
  }

  @Test
  void operators_and_readers_may_ask() {
    assertThat(api.post(Client.READER, "/v1/simulate", "{}").status()).isEqualTo(200);
    assertThat(api.post(Client.SCHEDULER, "/v1/simulate", "{}").status()).isEqualTo(403);
    assertThat(api.post(Client.WORKER, "/v1/simulate", "{}").status()).isEqualTo(403);
  }

  private JsonNode simulate(String body) {
    var answer = api.post(Client.OPERATOR, "/v1/simulate", body);
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    return answer.body();
  }

  private static void assertWaits(JsonNode waits, long p50, long p95, long max) {
    assertThat(waits.path("p50_ms").asLong(-1)).as(waits.toString()).isEqualTo(p50);
    assertThat(waits.path("p95_ms").asLong(-1)).as(waits.toString()).isEqualTo(p95);
    assertThat(waits.path("max_ms").asLong(-1)).as(waits.toString()).isEqualTo(max);
  }

  /** Each row with the transactions that wrote it or locked it. */
  private List<String> rows() {
    return database
        .jdbc()
        .sql(
            """
            SELECT xmin || ' ' || xmax || ' ' || t::text FROM junction.jobs t
            UNION ALL SELECT xmin || ' ' || xmax || ' ' || t::text FROM junction.owners t
            UNION ALL SELECT xmin || ' ' || xmax || ' ' || t::text FROM junction.owner_queues t
            UNION ALL SELECT xmin || ' ' || xmax || ' ' || t::text FROM junction.queues t
            UNION ALL SELECT xmin || ' ' || xmax || ' ' || t::text FROM junction.events t
            ORDER BY 1
            """)
        .query((row, n) -> row.getString(1))
        .list();
  }

  private void run(String statement) {
    database.jdbc().sql(statement).update();
  }
}
