package io.junction.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.api.token.AssignmentTokens;
import io.junction.testing.TestDatabase;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The door of Travis Hub. */
@ApiServer
class HubHttpTest {

  private final Client api;
  private final Placing placing;
  private Client.Registered worker;
  private long job;
  private UUID assignment;

  HubHttpTest(Client api, TestDatabase database) {
    this.api = api;
    this.placing = new Placing(database);
  }

  @BeforeEach
  void place() {
    worker = api.register("hub", 4);
    job = api.submit("hub");
    assignment = placing.place(job, worker.id());
  }

  @ParameterizedTest(name = "{0} after {1} -> {2} {3}")
  @CsvSource(
      textBlock =
          """
          received,  '',        200, received
          started,   '',        200, started
          passed,    '',        200, passed
          failed,    '',        200, failed
          errored,   '',        200, errored
          created,   '',        200, created
          cancelled, '',        200, canceled
          canceled,  '',        200, canceled
          received,  received,  200, received
          received,  started,   200, started
          started,   started,   200, started
          passed,    started,   200, passed
          received,  passed,    200, passed
          passed,    passed,    200, passed
          failed,    passed,    200, passed
          created,   passed,    409, passed
          cancelled, passed,    409, passed
          received,  created,   409, created
          passed,    created,   409, created
          received,  cancelled, 409, canceled
          started,   cancelled, 409, canceled
          passed,    cancelled, 409, canceled
          created,   cancelled, 409, canceled
          cancelled, cancelled, 409, canceled
          """)
  void a_state_is_answered_as_hub_does(String state, String before, int status, String now) {
    if (!before.isEmpty()) {
      assertThat(patch(worker.token(), state(before)).status()).isEqualTo(200);
    }
    var answer = patch(worker.token(), state(state));
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.body().path("state").asString()).isEqualTo(now);
    assertThat(placing.stateOf(job)).isEqualTo(now);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          receive,         {}, 200, received
          job:start,       {}, 200, started
          job:test:start,  {}, 200, started
          finish,          {"state":"passed"}, 200, passed
          job:finish,      {"state":"canceled"}, 200, canceled
          restart,         {}, 200, created
          reset,           {}, 200, created
          cancel,          {}, 200, canceled
          """,
      quoteCharacter = '`')
  void an_event_is_answered_likewise(String event, String payload, int status, String now) {
    var answer =
        api.post(
            worker.token(),
            "/jobs/" + job + "/events",
            "{\"event\":\"%s\",\"payload\":%s}".formatted(event, payload));
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
    assertThat(placing.stateOf(job)).isEqualTo(now);
  }

  @Test
  void what_such_a_worker_sends_besides_is_let_pass() {
    var answer =
        patch(
            worker.token(),
            """
            {"new": "finished", "cur": "started"}
            """);
    assertThat(answer.status()).isEqualTo(400);
    answer =
        patch(
            worker.token(),
            """
            {"new": "passed", "cur": "started", "queued_at": "2026-01-31T12:00:00Z",
             "received_at": "0001-01-01T00:00:00Z", "started_at": "2026-01-31T12:00:00Z",
             "finished_at": "0001-01-01T00:00:00Z", "vm_size": "large", "trace": true,
             "meta": {"uuid": "x", "state_update_count": 3}}
            """);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().path("state").asString()).isEqualTo("passed");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          {}
          {"new":7}
          {"new":"running"}
          {"new":"passed","finished_at":"yesterday"}
          """,
      quoteCharacter = '`',
      delimiter = '|')
  void what_cannot_be_read_is_malformed(String body) {
    var answer = patch(worker.token(), body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.problem()).isEqualTo("malformed");
    assertThat(placing.stateOf(job)).isEqualTo("queued");
  }

  @Test
  void only_the_worker_that_has_the_job_opens_it() {
    var stranger = api.register("hub", 4);
    assertThat(patch("", state("started")).status()).isEqualTo(401);
    assertThat(patch("jw_nobody", state("started")).status()).isEqualTo(401);
    assertThat(patch(stranger.token(), state("started")).status()).isEqualTo(403);
    assertThat(patch(Client.OPERATOR, state("started")).status()).isEqualTo(403);
    assertThat(api.patch(worker.token(), "/jobs/0/state", state("started")).status())
        .isEqualTo(404);
    assertThat(placing.stateOf(job)).isEqualTo("queued");
  }

  @Test
  void a_token_of_one_assignment_opens_that_one_and_nothing_else() {
    var token = AssignmentTokens.of(worker.id(), assignment, worker.token());
    var other = api.submit("hub");
    placing.place(other, worker.id());
    assertThat(api.patch(token, "/jobs/" + other + "/state", state("started")).status())
        .isEqualTo(403);
    assertThat(patch(token, state("started")).status()).isEqualTo(200);
    var forged = AssignmentTokens.of(worker.id(), assignment, worker.token() + "x");
    assertThat(patch(forged, state("passed")).status()).isEqualTo(401);
    for (var path :
        new String[] {
          "/v1/assignments/" + assignment + "/heartbeat",
          "/v1/workers/" + worker.id() + "/heartbeat"
        }) {
      assertThat(api.post(token, path, "{\"seq\":1,\"assignments\":[]}").status()).isEqualTo(403);
    }
    assertThat(api.delete(token, "/v1/workers/" + worker.id()).status()).isEqualTo(403);
    assertThat(api.get(token, "/v1/jobs/" + job).status()).isEqualTo(403);
    assertThat(placing.stateOf(job)).isEqualTo("started");
  }

  @Test
  void who_was_given_up_on_changes_nothing_of_the_next_attempt() {
    patch(worker.token(), state("created"));
    placing.queueAgain(job);
    var next = api.register("hub", 4);
    placing.place(job, next.id());
    assertThat(patch(worker.token(), state("passed")).status()).isEqualTo(409);
    assertThat(patch(next.token(), state("started")).status()).isEqualTo(200);
    assertThat(placing.stateOf(job)).isEqualTo("started");
  }

  private Client.Answer patch(String token, String body) {
    return api.patch(token, "/jobs/" + job + "/state", body);
  }

  private static String state(String state) {
    return "{\"new\":\"" + state + "\"}";
  }
}
