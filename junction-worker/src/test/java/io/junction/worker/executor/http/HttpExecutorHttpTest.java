package io.junction.worker.executor.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.junction.worker.Scene;
import io.junction.worker.executor.Config;
import io.junction.worker.executor.Ending;
import io.junction.worker.executor.Execution;
import io.junction.worker.executor.Run;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class HttpExecutorHttpTest {
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch end = new CountDownLatch(1);
  private final HttpExecutor executor = new HttpExecutor(100);
  private HttpServer server;
  private volatile String seen = "";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          String type = exchange.getRequestHeaders().getFirst("Content-Type");
          seen =
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestURI()
                  + " "
                  + type
                  + " "
                  + body;
          asked.countDown();
          String path = exchange.getRequestURI().getPath();
          if (path.equals("/hang")) {
            awaitEnd();
          }
          if (path.equals("/redirect")) {
            exchange.getResponseHeaders().set("Location", "/elsewhere");
          }
          exchange.sendResponseHeaders(status(path), 0);
          try (var out = exchange.getResponseBody()) {
            byte[] answer =
                path.equals("/endless")
                    ? new byte[1 << 16]
                    : "answer".getBytes(StandardCharsets.UTF_8);
            do {
              out.write(answer);
            } while (path.equals("/endless"));
          }
        });
    server.start();
  }

  private static int status(String path) {
    return switch (path) {
      case "/redirect" -> 302;
      case "/missing" -> 404;
      default -> 200;
    };
  }

  @AfterEach
  void stop() {
    end.countDown();
    executor.close();
    server.stop(0);
  }

  @Test
  void a_get_passes_with_status_and_body() throws Exception {
    var ending = run("{'url': '%s/x?y=1'}");
    assertThat(ending.state()).isEqualTo(Ending.State.PASSED);
    assertThat(Scene.result(ending).get("status").intValue()).isEqualTo(200);
    assertThat(Scene.result(ending).get("body").stringValue()).isEqualTo("answer");
    assertThat(seen).isEqualTo("GET /x?y=1 null ");
  }

  @Test
  void a_body_is_text_or_any_json() throws Exception {
    run("{'url': '%s/', 'method': 'post', 'body': {'a': [1.50, null, 1e400]}}");
    assertThat(seen).startsWith("POST / application/json {\"a\":[1.5");
    run("{'url': '%s/', 'method': 'PUT', 'body': 'plain', 'headers': {'content-type': 'text/x'}}");
    assertThat(seen).isEqualTo("PUT / text/x plain");
  }

  @Test
  void another_status_than_the_expected_one_fails() throws Exception {
    var missing = run("{'url': '%s/missing'}");
    assertThat(missing.state()).isEqualTo(Ending.State.FAILED);
    assertThat(missing.reason()).isEqualTo("status 404");
    assertThat(run("{'url': '%s/missing', 'expected_status': 404}").state())
        .isEqualTo(Ending.State.PASSED);
    assertThat(run("{'url': '%s/', 'expected_status': [201, 404]}").state())
        .isEqualTo(Ending.State.FAILED);
  }

  @Test
  void a_redirect_is_judged_and_not_followed() throws Exception {
    assertThat(run("{'url': '%s/redirect', 'expected_status': 302}").state())
        .isEqualTo(Ending.State.PASSED);
  }

  @Test
  void an_endless_body_is_cut() throws Exception {
    var ending = run("{'url': '%s/endless'}");
    assertThat(ending.state()).isEqualTo(Ending.State.PASSED);
    assertThat(Scene.result(ending).get("truncated").booleanValue()).isTrue();
    assertThat(Scene.result(ending).get("body").stringValue()).hasSize(100).doesNotContain("\0");
  }

  @Test
  void no_answer_is_an_error() throws Exception {
    assertThat(run("{'url': '%s/hang', 'timeout_ms': 100}").reason())
        .isEqualTo("no answer within 100 ms");
    var refused = run("{'url': 'http://localhost:1/'}");
    assertThat(refused.state()).isEqualTo(Ending.State.ERRORED);
    assertThat(refused.reason()).startsWith("no answer: ");
  }

  @Test
  void a_request_under_way_can_be_ended() throws Exception {
    var execution = begin("{'url': '%s/hang'}");
    asked.await();
    execution.terminate();
    assertThat(execution.await().reason()).isEqualTo("the request was aborted");
  }

  private Ending run(String config) throws Exception {
    return begin(config).await();
  }

  private Execution begin(String config) throws Exception {
    String url = "http://localhost:" + server.getAddress().getPort();
    var node = new JsonMapper().readTree(config.replace('\'', '"').replace("%s", url));
    return executor.start(new Run(UUID.randomUUID(), 1, 1, "q", node, false, 0), Config.of(node));
  }

  private void awaitEnd() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
