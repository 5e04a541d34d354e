package io.junction.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.testing.TestDatabase;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@ApiServer
class QueueRulesHttpTest {

  private static final String PATH = "/v1/queue-rules";

  private static final String LIST =
      """
      {"rules": [{"name": "macs", "queue": "macs",
                  "when": {"os": ["osx", "macos"], "repository": "acme/*"}},
                 {"queue": "pilot", "when": {"percentage": 20}}],
       "default": "linux"}
      """;

  private final Client api;
  private final Placing placing;
  private final TestDatabase database;

  QueueRulesHttpTest(Client api, TestDatabase database) {
    this.api = api;
    this.placing = new Placing(database);
    this.database = database;
  }

  @Test
  void rules_are_put_and_read_on_any_copy_and_removed_again() {
    var before = api.get(Client.READER, PATH).body();
    assertThat(before.path("from").asString()).isEqualTo("configuration");
    assertThat(before.path("rules").size()).isZero();
    assertThat(before.path("default").isNull()).isTrue();

    assertThat(api.put(Client.OPERATOR, PATH, LIST).status()).isEqualTo(200);
    var put = api.other().get(Client.SCHEDULER, PATH).body();
    assertThat(put.path("from").asString()).isEqualTo("api");
    assertThat(put.path("put_at").asString()).endsWith("Z");
    assertThat(put.path("default").asString()).isEqualTo("linux");
    var first = put.path("rules").path(0);
    assertThat(first.path("name").asString()).isEqualTo("macs");
    assertThat(first.path("when").path("os").path(1).asString()).isEqualTo("macos");
    assertThat(put.path("rules").path(1).path("when").path("percentage").asInt()).isEqualTo(20);

    assertThat(api.put(Client.OPERATOR, PATH, "{\"default\": \"q\"}").status()).isEqualTo(200);
    assertThat(api.get(Client.READER, PATH).body().path("rules").size()).isZero();

    var removed = api.delete(Client.OPERATOR, PATH);
    assertThat(removed.status()).isEqualTo(200);
    assertThat(removed.body().path("from").asString()).isEqualTo("configuration");
  }

  @Test
  void a_job_may_leave_its_queue_out_as_soon_as_there_are_rules() {
    var refused = api.post(Client.SCHEDULER, "/v1/jobs", "[{\"queue\": \"q\"}, {}]");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.field()).isEqualTo("[1].queue");
    var build = "{\"stages\": [{\"jobs\": [{\"queue\": \"q\"}, {\"queue\": null}]}]}";
    assertThat(api.post(Client.SCHEDULER, "/v1/builds", build).field())
        .isEqualTo("stages[0].jobs[1].queue");

    api.put(Client.OPERATOR, PATH, LIST);
    var job = api.post(Client.SCHEDULER, "/v1/jobs", "{\"config\": {\"os\": \"osx\"}}");
    assertThat(job.status()).isEqualTo(201);
    assertThat(job.body().path("state").asString()).isEqualTo("created");
    assertThat(job.body().path("queue").isNull()).isTrue();
    var read = api.get(Client.READER, "/v1/jobs/" + job.body().path("id").asLong()).body();
    assertThat(read.path("queue").isNull()).isTrue();
    assertThat(api.get(Client.READER, "/v1/jobs?state=created").body().path("jobs").size())
        .isEqualTo(1);

    var made = api.post(Client.SCHEDULER, "/v1/builds", build);
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.body().path("jobs").path(1).path("queue").isNull()).isTrue();
    assertThat(
            api.post(Client.SCHEDULER, "/v1/jobs/" + job.body().path("id").asLong() + "/cancel", "")
                .body()
                .path("state")
                .asString())
        .isEqualTo("canceled");
  }

  @Test
  void a_trial_says_which_rule_takes_a_job_and_why_and_changes_nothing() {
    api.put(Client.OPERATOR, PATH, LIST);
    var before = everything();
    var answer =
        trial("{\"repository\": \"acme/app\", \"config\": {\"os\": \"osx\", \"script\": [1]}}");
    assertThat(answer.path("queue").asString()).isEqualTo("macs");
    assertThat(answer.path("rule").asInt(-1)).isZero();
    assertThat(answer.path("name").asString()).isEqualTo("macs");
    assertThat(answer.path("why").toString())
        .isEqualTo(
            "[\"rules[0] (macs) takes it: os is \\\"osx\\\", repository is \\\"acme/app\\\"\"]");

    var other = trial("{\"owner\": \"acme\", \"config\": {}}");
    assertThat(other.path("queue").asString()).isEqualTo("linux");
    assertThat(other.path("rule").isNull()).isTrue();
    assertThat(other.path("why").toString())
        .isEqualTo(
            "[\"rules[0] (macs) does not match: it has no os\",\"rules[1] does not match: a job of"
                + " no id is not among the 20 %\",\"no rule matches: the default\"]");
    assertThat(everything()).isEqualTo(before);
  }

  @Test
  void a_trial_of_a_job_whose_config_is_broken_says_so() {
    api.put(Client.OPERATOR, PATH, LIST);
    var answer = trial("{\"repository\": \"acme/app\", \"config\": {\"os\": {}}}");
    assertThat(answer.path("queue").isNull()).isTrue();
    assertThat(answer.path("rule").asInt(-1)).isZero();
    assertThat(answer.path("why").path(0).asString()).contains("os is an object");
  }

  @Test
  void a_list_is_tried_before_it_is_put_and_a_percentage_by_the_id_of_a_job() {
    var list = LIST.strip().substring(1);
    var queues = new TreeSet<String>();
    for (int job = 1; job <= 40; job++) {
      queues.add(trial("{\"job\": " + job + ", " + list).path("queue").asString());
    }
    assertThat(queues).containsExactly("linux", "pilot");
    assertThat(trial("{\"default\": \"any\"}").path("queue").asString()).isEqualTo("any");
    assertThat(trial("{}").path("queue").isNull()).as("nothing is set").isTrue();
    assertThat(api.get(Client.READER, PATH).body().path("from").asString())
        .isEqualTo("configuration");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                                      | 422 | default",
        "{'rules': [{'queue': 'a', 'when': {'os': 'x'}}]}        | 422 | default",
        "{'default': 'no queue'}                                 | 422 | default",
        "{'default': 7}                                          | 400 | default",
        "{'standard': 'a'}                                       | 400 | standard",
        "{'rules': {}, 'default': 'a'}                           | 400 | rules",
        "{'rules': [{'queue': 'a'}, {'queue': 'b'}]}             | 422 | rules[0].when",
        "{'rules': [{'queue': 'a', 'if': {}}]}                   | 400 | rules[0].if",
        "{'rules': [{'queue': 'a', 'when': []}]}                 | 400 | rules[0].when",
        "{'rules': [{'queue': 'a', 'name': 7}]}                  | 400 | rules[0].name",
        "{'rules': [{'name': 'a'}]}                              | 422 | rules[0].queue",
        "{'rules': [{'queue': 'a', 'when': {'os': [{}]}}], 'default': 'b'}"
            + " | 422 | rules[0].when.os[0]",
        "{'rules': [{'queue': 'a', 'when': {'os': '\\u0000'}}], 'default': 'b'}"
            + " | 422 | rules[0].when.os",
        "{'rules': [{'queue': 'a', 'when': {'os': 1e99999}}], 'default': 'b'}"
            + " | 422 | rules[0].when.os",
        "{'rules': [{'queue': 'a', 'when': {'percentage': 101}}], 'default': 'b'}"
            + " | 422 | rules[0].when.percentage",
      })
  void a_list_that_cannot_be_is_refused_put_or_tried(String body, int status, String field) {
    var json = body.replace('\'', '"');
    refuses(api.put(Client.OPERATOR, PATH, json), status, field);
    // Without a list of its own a trial asks the one that holds.
    if (!json.equals("{}")) {
      refuses(api.post(Client.READER, PATH + "/test", json), status, field);
    }
    assertThat(api.get(Client.READER, PATH).body().path("from").asString())
        .isEqualTo("configuration");
  }

  @Test
  void rules_may_be_many_but_not_more_than_fit() {
    var values = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      values.append(i == 0 ? "" : ",").append('"').append(i).append("x".repeat(200)).append('"');
    }
    var rules = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      rules
          .append(i == 0 ? "" : ",")
          .append("{\"queue\":\"q\",\"when\":{\"os\":[\"%d\",".formatted(i))
          .append(values.substring(0, values.lastIndexOf(",")))
          .append("]}}");
    }
    var answer = api.put(Client.OPERATOR, PATH, "{\"rules\":[" + rules + "],\"default\":\"q\"}");
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.field()).isEqualTo("rules");
  }

  @Test
  void an_operator_puts_and_all_but_workers_read_and_try() {
    for (var token : new String[] {Client.READER, Client.SCHEDULER, Client.WORKER}) {
      assertThat(api.put(token, PATH, LIST).status()).isEqualTo(403);
      assertThat(api.delete(token, PATH).status()).isEqualTo(403);
    }
    assertThat(api.get(Client.WORKER, PATH).status()).isEqualTo(403);
    assertThat(api.post(Client.WORKER, PATH + "/test", "{}").status()).isEqualTo(403);
    assertThat(api.post(Client.READER, PATH + "/test", "{}").status()).isEqualTo(200);
  }

  private static void refuses(Client.Answer answer, int status, String field) {
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
    assertThat(answer.field()).isEqualTo(field);
  }

  private JsonNode trial(String body) {
    var answer = api.post(Client.SCHEDULER, PATH + "/test", body);
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    return answer.body();
  }

  private String everything() {
    return placing.everything()
        + database
            .jdbc()
            .sql("SELECT rules::text || put_at FROM junction.queue_rules")
            .query((row, n) -> row.getString(1))
            .single();
  }
}
