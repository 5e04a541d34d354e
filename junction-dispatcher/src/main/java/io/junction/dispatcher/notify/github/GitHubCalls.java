package io.junction.dispatcher.notify.github;

import io.junction.common.subscription.BuildNews;
import io.junction.common.subscription.Target;
import io.junction.dispatcher.notify.Answer;
import io.junction.dispatcher.notify.http.GuardedHttp;
import io.junction.dispatcher.notify.http.HttpCall;
import io.junction.dispatcher.notify.http.Reply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The requests about one commit. */
record GitHubCalls(GuardedHttp http, Target.GitHub target, String repository, String commit) {

  private static final JsonMapper JSON = JsonMapper.shared();

  /** The day of the API that these requests are written for. */
  private static final String API_VERSION = "2022-11-28";

  Answer status(BuildNews news) {
    var body = GitHubBodies.status(news, target.context());
    return GitHubAnswers.of(call("POST", "/statuses/" + commit, body.toString()));
  }

  Answer check(BuildNews news) {
    var name = URLEncoder.encode(target.context(), StandardCharsets.UTF_8);
    var query = "?check_name=" + name + "&filter=all&per_page=4";
    var found = call("GET", "/commits/" + commit + "/check-runs" + query, null);
    if (!(found instanceof Reply.Answered answered && answered.good())) {
      return GitHubAnswers.of(found);
    }
    var body = GitHubBodies.checkRun(news, target.context(), commit);
    var id = idOf(answered.body(), body.path("external_id").asString());
    return GitHubAnswers.of(
        id == null
            ? call("POST", "/check-runs", body.toString())
            : call("PATCH", "/check-runs/" + id, body.without("head_sha").toString()));
  }

  /** The check run that was made for this build, if there is one among the last ones. */
  private static @Nullable Long idOf(String body, String build) {
    try {
      for (var run : JSON.readTree(body).path("check_runs")) {
        if (build.equals(run.path("external_id").asString("")) && run.path("id").isNumber()) {
          return run.path("id").longValue();
        }
      }
    } catch (JacksonException e) {
      // Longer than what is read of an answer: one check run too many is better than none.
    }
    return null;
  }

  private Reply call(String method, String path, @Nullable String json) {
    var headers =
        Map.of(
            "Authorization",
            "Bearer " + target.token(),
            "Accept",
            "application/vnd.github+json",
            "X-GitHub-Api-Version",
            API_VERSION);
    var url = target.apiUrl() + "/repos/" + repository + path;
    return http.send(new HttpCall(method, url, headers, json));
  }

  @Override
  public String toString() {
    return "GitHubCalls[" + repository + " " + commit + "]";
  }
}
