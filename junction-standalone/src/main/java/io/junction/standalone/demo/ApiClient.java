package io.junction.standalone.demo;

import io.junction.standalone.console.Refusal;
import io.junction.standalone.folder.RoleTokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Junction's API as any client sees it: docs/protocol.md, section 4. */
final class ApiClient implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();
  private final JsonMapper json = new JsonMapper();
  private final URI url;
  private final RoleTokens tokens;

  ApiClient(URI url, RoleTokens tokens) {
    this.url = url;
    this.tokens = tokens;
  }

  /** All or none; their ids, in their order. */
  List<Long> submit(List<DemoJob> jobs) {
    var bodies = jobs.stream().map(ApiClient::body).toList();
    var answer = ask("POST", "/v1/jobs", tokens.scheduler(), bodies);
    var ids = new ArrayList<Long>();
    answer.forEach(job -> ids.add(job.required("id").asLong()));
    return ids;
  }

  private static Map<String, Object> body(DemoJob job) {
    var body = new HashMap<String, Object>();
    body.put("queue", job.queue());
    body.put("config", job.config());
    body.put("exclusive", job.exclusive());
    if (job.owner() != null) {
      body.put("owner", job.owner());
    }
    if (job.timeoutMs() != null) {
      body.put("timeout_ms", job.timeoutMs());
    }
    return body;
  }

  void limit(String queue, int capacity) {
    ask("PUT", "/v1/queues/" + queue, tokens.operator(), Map.of("capacity", capacity));
  }

  void limitOwner(String owner, int maxRunning) {
    ask("PUT", "/v1/owners/" + owner, tokens.operator(), Map.of("max_running", maxRunning));
  }

  /** Why a job is where it is. */
  JsonNode explain(long id) {
    return ask("GET", "/v1/jobs/" + id + "/explain", tokens.reader(), null);
  }

  /** Up to 1,000 of them, all in one snapshot. */
  JsonNode jobs() {
    return ask("GET", "/v1/jobs?limit=1000", tokens.reader(), null).required("jobs");
  }

  JsonNode job(long id) {
    return ask("GET", "/v1/jobs/" + id, tokens.reader(), null);
  }

  String workerName(String id) {
    return ask("GET", "/v1/workers/" + id, tokens.reader(), null).path("name").asString("");
  }

  private JsonNode ask(String method, String path, String token, @Nullable Object body) {
    var request =
        HttpRequest.newBuilder(url.resolve(path))
            .timeout(TIMEOUT)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body)))
            .build();
    try {
      var response = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() / 100 != 2) {
        throw new Refusal(
            "FAILED: the API answers %d to %s %s: %s"
                .formatted(response.statusCode(), method, path, response.body()));
      }
      return json.readTree(response.body());
    } catch (IOException e) {
      throw new Refusal("FAILED: the API does not answer to " + method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal("Interrupted while asking the API.", e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
