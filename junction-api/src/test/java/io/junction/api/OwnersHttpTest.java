package io.junction.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ApiServer
class OwnersHttpTest {

  private final Client api;
  private final TestDatabase database;

  OwnersHttpTest(Client api, TestDatabase database) {
    this.api = api;
    this.database = database;
  }

  @Test
  void an_owner_is_set_and_read_with_what_runs_and_what_waits() {
    var put =
        api.put(
            Client.OPERATOR,
            "/v1/owners/acme",
            """
            {"max_running": 3, "weight": 2, "queues": {"macs": 1},
             "boost": {"max": 2, "until": "2100-01-01T00:00:00Z"}}
            """);
    assertThat(put.status()).isEqualTo(201);
    run(
        """
        INSERT INTO junction.jobs (queue, owner, state, queued_at)
        VALUES ('q', 'acme', 'created', NULL), ('q', 'acme', 'created', NULL),
          ('q', 'acme', 'queued', now()), ('q', 'bolt', 'queued', now())
        """);

    var owner = api.get(Client.READER, "/v1/owners/acme").body();
    assertThat(owner.path("max_running").asInt()).isEqualTo(3);
    assertThat(owner.path("weight").asInt()).isEqualTo(2);
    assertThat(owner.path("queues").path("macs").asInt()).isEqualTo(1);
    assertThat(owner.path("boost").path("until").asString()).isEqualTo("2100-01-01T00:00:00Z");
    assertThat(owner.path("max").asInt()).isEqualTo(5);
    assertThat(owner.path("running").asInt()).isEqualTo(1);
    assertThat(owner.path("total").asInt()).isEqualTo(2);
    assertThat(owner.path("queueable").asInt()).isEqualTo(2);
    assertThat(owner.path("waiting_since").asString()).endsWith("Z");

    assertThat(api.put(Client.OPERATOR, "/v1/owners/acme", "{}").status()).isEqualTo(200);
    var reset = api.get(Client.READER, "/v1/owners/acme").body();
    assertThat(reset.path("max_running").isNull()).isTrue();
    assertThat(reset.path("queues").size()).isZero();
    assertThat(reset.path("max").asInt()).as("the default").isEqualTo(-1);
  }

  @Test
  void those_who_are_set_who_wait_and_who_run_are_listed_by_name() {
    api.put(Client.OPERATOR, "/v1/owners/list-b", "{}");
    run(
        """
        INSERT INTO junction.jobs (queue, owner, state, queued_at)
        VALUES ('q', 'list-c', 'created', NULL), ('q', 'list-a', 'queued', now())
        """);
    var first = api.get(Client.READER, "/v1/owners?after=list&limit=2").body();
    assertThat(first.path("owners").path(0).path("name").asString()).isEqualTo("list-a");
    assertThat(first.path("owners").path(1).path("name").asString()).isEqualTo("list-b");
    var next = api.get(Client.READER, "/v1/owners?after=list-b&limit=1").body();
    assertThat(next.path("owners").path(0).path("name").asString()).isEqualTo("list-c");
  }

  @Test
  void those_who_share_a_limit_are_counted_together() {
    api.put(Client.OPERATOR, "/v1/owners/head", "{\"max_running\": 4}");
    api.put(
        Client.OPERATOR, "/v1/owners/member", "{\"shares_with\": \"head\", \"max_running\": 1}");
    run(
        """
        INSERT INTO junction.jobs (queue, owner, state, queued_at)
        VALUES ('q', 'head', 'queued', now()), ('q', 'member', 'queued', now())
        """);
    for (var name : new String[] {"head", "member"}) {
      var owner = api.get(Client.READER, "/v1/owners/" + name).body();
      assertThat(owner.path("max").asInt()).isEqualTo(5);
      assertThat(owner.path("running").asInt()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'max_running': -2} | max_running",
        "{'max_running': 1000001} | max_running",
        "{'weight': 0} | weight",
        "{'plan': 'unknown'} | plan",
        "{'boost': {'max': -1, 'until': '2100-01-01T00:00:00Z'}} | boost.max",
        "{'boost': {'max': 1}} | boost.until",
        "{'queues': {'macs': -2}} | queues.macs",
        "{'queues': {'no queue': 1}} | queues",
        "{'shares_with': 'bad'} | shares_with",
        "{'shares_with': 'nobody'} | shares_with",
        "{'shares_with': 'bad-member'} | shares_with",
      })
  void what_cannot_be_is_refused_and_named(String body, String field) {
    api.put(Client.OPERATOR, "/v1/owners/bad-head", "{}");
    api.put(Client.OPERATOR, "/v1/owners/bad-member", "{\"shares_with\": \"bad-head\"}");
    var answer = api.put(Client.OPERATOR, "/v1/owners/bad", body.replace('\'', '"'));
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.field()).isEqualTo(field);
  }

  @Test
  void an_owner_with_whom_others_share_shares_with_nobody() {
    api.put(Client.OPERATOR, "/v1/owners/ring-a", "{}");
    api.put(Client.OPERATOR, "/v1/owners/ring-b", "{\"shares_with\": \"ring-a\"}");
    api.put(Client.OPERATOR, "/v1/owners/ring-c", "{}");
    var answer = api.put(Client.OPERATOR, "/v1/owners/ring-a", "{\"shares_with\": \"ring-c\"}");
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.field()).isEqualTo("shares_with");
  }

  @Test
  void a_repository_has_a_limit_and_a_name_with_slashes() {
    var put = api.put(Client.OPERATOR, "/v1/repositories/acme/app", "{\"max_running\": 2}");
    assertThat(put.status()).isEqualTo(200);
    var read = api.get(Client.READER, "/v1/repositories/acme/app").body();
    assertThat(read.path("name").asString()).isEqualTo("acme/app");
    assertThat(read.path("max_running").asInt()).isEqualTo(2);
    api.put(Client.OPERATOR, "/v1/repositories/acme/app", "{}");
    assertThat(
            api.get(Client.READER, "/v1/repositories/acme/app").body().path("max_running").isNull())
        .isTrue();
  }

  @Test
  void only_an_operator_sets_limits() {
    assertThat(api.put(Client.READER, "/v1/owners/acme", "{}").status()).isEqualTo(403);
    assertThat(api.put(Client.WORKER, "/v1/repositories/a", "{}").status()).isEqualTo(403);
  }

  private void run(String statement) {
    database.jdbc().sql(statement).update();
  }
}
