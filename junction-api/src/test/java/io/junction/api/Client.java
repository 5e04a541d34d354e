package io.junction.api;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks HTTP as a scheduler, a worker or an operator would. */
final class Client {

  static final String WORKER = "worker-token-for-tests";
  static final String SCHEDULER = "scheduler-token-for-tests";
  static final String OPERATOR = "operator-token-for-tests";
  static final String READER = "reader-token-for-tests";

  /** What encrypts the secrets of subscriptions. */
  static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final int first;
  private final int second;

  Client(int first, int second) {
    this.first = first;
    this.second = second;
  }

  /** The same client, talking to the other copy. */
  Client other() {
    return new Client(/* first= */ second, /* second= */ first);
  }

  record Answer(int status, JsonNode body, java.net.http.HttpHeaders headers) {

    String problem() {
      return body.path("type").asString("").replace("urn:junction:problem:", "");
    }

    String field() {
      return body.path("errors").path(0).path("field").asString("");
    }
  }

  /** A worker that has registered. */
  record Registered(UUID id, String token) {}

  Answer post(String token, String path, String body) {
    return send(token, "POST", path, body);
  }

  Answer put(String token, String path, String body) {
    return send(token, "PUT", path, body);
  }

  Answer patch(String token, String path, String body) {
    return send(token, "PATCH", path, body);
  }

  Answer get(String token, String path) {
    return send(token, "GET", path, "");
  }

  Answer delete(String token, String path) {
    return send(token, "DELETE", path, "");
  }

  Answer send(String token, String method, String path, String body) {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + first + path));
    request.timeout(Duration.ofSeconds(30));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    return send(request.method(method, HttpRequest.BodyPublishers.ofString(body)).build());
  }

  Answer send(HttpRequest request) {
    try {
      var response = http.send(request, HttpResponse.BodyHandlers.ofString());
      var text = response.body();
      var json =
          text.startsWith("{") || text.startsWith("[") ? JSON.readTree(text) : JSON.readTree("{}");
      return new Answer(response.statusCode(), json, response.headers());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + first + path);
  }

  Registered register(String queue, int slots) {
    var body = "{\"queue\":\"%s\",\"max_job_count\":%d,\"protocol\":1}".formatted(queue, slots);
    var answer = post(WORKER, "/v1/workers", body);
    if (answer.status() != 201) {
      throw new IllegalStateException(answer.toString());
    }
    return new Registered(
        UUID.fromString(answer.body().path("id").asString()),
        answer.body().path("token").asString());
  }

  long submit(String queue) {
    var answer =
        post(
            SCHEDULER,
            "/v1/jobs",
            "{\"queue\":\"%s\",\"config\":{\"command\":\"true\"}}".formatted(queue));
    if (answer.status() != 201) {
      throw new IllegalStateException(answer.toString());
    }
    return answer.body().path("id").asLong();
  }

  Answer beat(Registered worker, String body) {
    return post(worker.token(), "/v1/workers/" + worker.id() + "/heartbeat", body);
  }

  Answer beat(Registered worker, long seq, UUID... listed) {
    return beat(worker, "{\"seq\":%d,\"assignments\":%s}".formatted(seq, list(listed)));
  }

  static String list(UUID... ids) {
    var list = new StringBuilder("[");
    for (var id : ids) {
      list.append(list.length() == 1 ? "" : ",").append('"').append(id).append('"');
    }
    return list.append(']').toString();
  }
}
