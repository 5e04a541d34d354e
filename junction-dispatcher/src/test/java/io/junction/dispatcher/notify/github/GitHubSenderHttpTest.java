package io.junction.dispatcher.notify.github;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.common.subscription.BuildNews;
import io.junction.common.subscription.Target;
import io.junction.dispatcher.notify.Answer;
import io.junction.dispatcher.notify.http.CheckedAddresses;
import io.junction.dispatcher.notify.http.FakeTarget;
import io.junction.dispatcher.notify.http.FakeTarget.Response;
import io.junction.dispatcher.notify.http.GuardedHttp;
import io.junction.dispatcher.notify.http.Reply;
import io.junction.dispatcher.notify.text.Samples;
import io.junction.dispatcher.notify.text.Transcript;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hc.core5.ssl.SSLContexts;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class GitHubSenderHttpTest {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String TOKEN = "ghs_a-token-of-sixteen-characters";

  private final GuardedHttp http =
      new GuardedHttp(
          new CheckedAddresses(true, InetAddress::getAllByName),
          Duration.ofSeconds(10),
          SSLContexts.createSystemDefault());
  private final GitHubSender sender = new GitHubSender(http);
  private final Map<Long, ObjectNode> checkRuns = new HashMap<>();
  private FakeTarget github;

  @BeforeEach
  void start() throws IOException {
    github = new FakeTarget();
    github.answer(this::asGitHub);
  }

  @AfterEach
  void stop() {
    github.close();
    http.close();
  }

  /** Keeps check runs as GitHub does, and takes every status. */
  private Response asGitHub(FakeTarget.Request request) {
    if (request.method().equals("GET")) {
      var found = JSON.createObjectNode().put("total_count", checkRuns.size());
      checkRuns.values().forEach(found.putArray("check_runs")::add);
      return new Response(200, Map.of(), found.toString());
    }
    if (request.uri().contains("/check-runs")) {
      var body = (ObjectNode) JSON.readTree(request.body());
      var last = request.uri().substring(request.uri().lastIndexOf('/') + 1);
      long id = last.equals("check-runs") ? 900 + checkRuns.size() : Long.parseLong(last);
      checkRuns.computeIfAbsent(id, key -> JSON.createObjectNode().put("id", id)).setAll(body);
    }
    return Response.of(request.method().equals("PATCH") ? 200 : 201);
  }

  @Test
  void a_message_sets_a_status_and_a_check_run_as_the_transcript_shows() throws IOException {
    assertThat(send(Samples.started(), true, true)).isInstanceOf(Answer.Delivered.class);
    assertThat(send(Samples.failed(), true, true))
        .isEqualTo(new Answer.Delivered("status set, check run written"));
    var sent =
        github.seen().stream()
            .map(request -> request.text().replace(TOKEN, "(token)"))
            .collect(Collectors.joining("\n"));
    Transcript.compare("github", sent);
  }

  @Test
  void each_request_says_who_asks_and_how() {
    send(Samples.passed(), true, true);
    assertThat(github.seen())
        .hasSize(3)
        .allSatisfy(
            request ->
                assertThat(request.headers())
                    .containsEntry("authorization", "Bearer " + TOKEN)
                    .containsEntry("accept", "application/vnd.github+json")
                    .containsEntry("x-github-api-version", "2022-11-28"));
  }

  @Test
  void a_build_has_one_check_run_however_often_it_is_told_of() {
    send(Samples.started(), false, true);
    send(Samples.passed(), false, true);
    send(Samples.passed(), false, true);
    send(Samples.started(), false, true);
    assertThat(checkRuns).hasSize(1);
    assertThat(github.seen())
        .extracting(FakeTarget.Request::method)
        .containsExactly("GET", "POST", "GET", "PATCH", "GET", "PATCH", "GET", "PATCH");
    assertThat(checkRuns.get(900L)).isNotNull();
  }

  @Test
  void a_check_run_of_another_build_is_left_alone() {
    checkRuns.put(7L, JSON.createObjectNode().put("id", 7).put("external_id", "41"));
    send(Samples.passed(), false, true);
    assertThat(checkRuns).hasSize(2);
    assertThat(github.seen().getLast().method()).isEqualTo("POST");
  }

  @ParameterizedTest
  @CsvSource({
    "created, pending, queued, ",
    "started, pending, in_progress, ",
    "passed, success, completed, success",
    "failed, failure, completed, failure",
    "errored, error, completed, failure",
    "canceled, error, completed, cancelled",
  })
  void a_state_has_githubs_names(
      String state, String status, String checkStatus, @Nullable String conclusion) {
    send(Samples.news(Samples.build(state, null, "", "main")), true, true);
    assertThat(body(0).path("state").asString()).isEqualTo(status);
    assertThat(body(2).path("status").asString()).isEqualTo(checkStatus);
    assertThat(body(2).path("conclusion").asString(null)).isEqualTo(conclusion);
    assertThat(body(2).has("completed_at")).isEqualTo(conclusion != null);
  }

  @Test
  void strangers_words_stay_words() {
    var hostile = "`</details>\r\n# big\u0000`";
    send(Samples.saying(hostile), true, true);
    assertThat(body(0).path("description").asString()).hasSizeLessThanOrEqualTo(140);
    assertThat(body(2).path("output").path("summary").asString()).doesNotContain("# big");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../user", "owner", "owner/..", "./x", "o/r/../x", "o/r?x", "o /r"})
  void what_is_no_repository_is_not_asked_for(String repository) {
    var target = new Target.GitHub(github.url(""), repository, "junction", true, true, TOKEN);
    assertThat(sender.send(Samples.message(target, Samples.passed())))
        .isInstanceOf(Answer.Refused.class);
    assertThat(github.seen()).isEmpty();
  }

  @Test
  void a_build_without_a_commit_or_a_repository_is_refused_in_words() {
    assertThat(send(Samples.bare(), true, true))
        .isEqualTo(
            new Answer.Refused("neither the subscription nor the build names owner/repository"));
    var target = new Target.GitHub(github.url(""), "o/r", "junction", true, true, TOKEN);
    assertThat(sender.send(Samples.message(target, Samples.bare())))
        .isEqualTo(new Answer.Refused("the build names no commit"));
    assertThat(send(Samples.passed(), false, false)).isInstanceOf(Answer.Refused.class);
    assertThat(github.seen()).isEmpty();
  }

  @Test
  void a_spent_limit_is_waited_for_by_githubs_own_clock() {
    var reset = Instant.parse("2026-11-22T10:05:00Z").getEpochSecond();
    var headers =
        Map.of(
            "Date", "Sun, 22 Nov 2026 10:00:00 GMT",
            "X-RateLimit-Remaining", "0",
            "X-RateLimit-Reset", Long.toString(reset));
    var answer = GitHubAnswers.of(answered(403, headers, ""));
    assertThat(answer)
        .isEqualTo(
            new Answer.Failed("GitHub's rate limit is reached (403)", Duration.ofMinutes(5)));
  }

  @Test
  void a_secondary_limit_is_waited_for() {
    github.answer(
        request ->
            new Response(403, Map.of(), "{\"message\":\"You exceeded a secondary rate limit\"}"));
    assertThat(after(send(Samples.passed(), true, false))).isEqualTo(Duration.ofMinutes(1));
    github.answer(request -> new Response(403, Map.of("Retry-After", "90"), ""));
    assertThat(after(send(Samples.passed(), true, false))).isEqualTo(Duration.ofSeconds(90));
    github.answer(request -> Response.of(429));
    assertThat(after(send(Samples.passed(), true, false))).isEqualTo(Duration.ofMinutes(1));
  }

  @ParameterizedTest
  @CsvSource({
    "401, Failed",
    "403, Failed",
    "404, Failed",
    "422, Refused",
    "410, Refused",
    "301, Refused",
    "500, Failed",
    "502, Failed",
    "503, Failed",
  })
  void what_may_get_better_is_tried_again(int status, String verdict) {
    github.answer(request -> Response.of(status));
    for (var answer :
        new Answer[] {send(Samples.passed(), true, false), send(Samples.passed(), false, true)}) {
      assertThat(answer.getClass().getSimpleName()).isEqualTo(verdict);
      assertThat(answer.toString()).doesNotContain(TOKEN);
    }
  }

  private Answer send(BuildNews news, boolean statuses, boolean checks) {
    var target =
        new Target.GitHub(
            github.url(""), null, "continuous-integration/junction", statuses, checks, TOKEN);
    return sender.send(Samples.message(target, news));
  }

  private JsonNode body(int request) {
    return JSON.readTree(github.seen().get(request).body());
  }

  private static @Nullable Duration after(Answer answer) {
    return ((Answer.Failed) answer).after();
  }

  private static Reply answered(int status, Map<String, String> headers, String body) {
    var small = new HashMap<String, String>();
    headers.forEach((name, value) -> small.put(name.toLowerCase(Locale.ROOT), value));
    return new Reply.Answered(status, small, body);
  }
}
