package io.junction.system;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of those APIs that run, which takes them in turn. */
final class Http implements AutoCloseable {

  static final JsonMapper JSON = JsonMapper.builder().build();

  private final List<String> urls;
  private final AtomicInteger requests = new AtomicInteger();
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .build();

  Http(List<Daemon> apis) {
    this.urls = apis.stream().filter(Daemon::isUp).map(Daemon::url).toList();
  }

  /**
   * The answer of a request that succeeds.
   *
   * @throws IOException when there is none; an answer that is no success is an AssertionError
   */
  JsonNode send(String method, String path, String token, Object body) throws IOException {
    var url = urls.get(Math.floorMod(requests.getAndIncrement(), urls.size()));
    var request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(Duration.ofSeconds(30))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .build();
    try {
      var answer = client.send(request, BodyHandlers.ofString());
      if (answer.statusCode() / 100 == 5) {
        throw new IOException(answer.statusCode() + " " + answer.body());
      }
      if (answer.statusCode() / 100 != 2) {
        throw new AssertionError(
            "%s %s: %d %s".formatted(method, path, answer.statusCode(), answer.body()));
      }
      return JSON.readTree(answer.body());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
