package io.junction.worker.executor.http;

import io.junction.worker.executor.BadConfig;
import io.junction.worker.executor.Config;
import io.junction.worker.executor.Execution;
import io.junction.worker.executor.Executor;
import io.junction.worker.executor.Run;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Makes one HTTP request. Redirects are not followed: what was asked is what is judged. */
public final class HttpExecutor implements Executor {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final long DEFAULT_TIMEOUT_MS = 30_000;
  private static final long LONGEST_TIMEOUT_MS = 2_592_000_000L;

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(CONNECT)
          .build();
  private final int outputLimit;

  /** Keeps the first {@code outputLimit} bytes of a body. */
  public HttpExecutor(int outputLimit) {
    this.outputLimit = outputLimit;
  }

  @Override
  public Execution start(Run run, Config config) throws BadConfig {
    long timeoutMs = config.number("timeout_ms", DEFAULT_TIMEOUT_MS, 1, LONGEST_TIMEOUT_MS);
    var accepted = expected(config.get("expected_status"));
    var sent = client.sendAsync(request(config), response -> new BoundedBody(outputLimit));
    return new HttpExecution(sent, accepted, timeoutMs);
  }

  private static HttpRequest request(Config config) throws BadConfig {
    var request = builder(url(config));
    method(request, config.text("method", "GET").toUpperCase(Locale.ROOT), config.get("body"));
    Map<String, String> headers = config.map("headers");
    JsonNode body = config.get("body");
    if (body != null
        && !body.isString()
        && headers.keySet().stream().noneMatch("Content-Type"::equalsIgnoreCase)) {
      request.header("Content-Type", "application/json");
    }
    for (var header : headers.entrySet()) {
      try {
        request.header(header.getKey(), header.getValue());
      } catch (IllegalArgumentException e) {
        throw new BadConfig("headers." + header.getKey(), String.valueOf(e.getMessage()));
      }
    }
    return request.build();
  }

  private static URI url(Config config) throws BadConfig {
    try {
      return new URI(config.text("url"));
    } catch (URISyntaxException e) {
      throw new BadConfig("url", String.valueOf(e.getMessage()));
    }
  }

  private static HttpRequest.Builder builder(URI url) throws BadConfig {
    String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new BadConfig("url", "must begin with http:// or https://");
    }
    try {
      return HttpRequest.newBuilder(url);
    } catch (IllegalArgumentException e) {
      throw new BadConfig("url", String.valueOf(e.getMessage()));
    }
  }

  private static void method(HttpRequest.Builder request, String method, @Nullable JsonNode body)
      throws BadConfig {
    try {
      request.method(
          method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(content(body)));
    } catch (IllegalArgumentException e) {
      throw new BadConfig("method", String.valueOf(e.getMessage()));
    }
  }

  private static String content(JsonNode body) {
    return body.isString() ? body.stringValue() : body.toString();
  }

  private static Set<Integer> expected(@Nullable JsonNode expected) throws BadConfig {
    var accepted = new HashSet<Integer>();
    if (expected == null) {
      for (int status = 200; status <= 299; status++) {
        accepted.add(status);
      }
    } else if (expected.isArray()) {
      for (int i = 0; i < expected.size(); i++) {
        accepted.add((int) Config.number("expected_status[" + i + "]", expected.get(i), 100, 599));
      }
    } else {
      accepted.add((int) Config.number("expected_status", expected, 100, 599));
    }
    return accepted;
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
