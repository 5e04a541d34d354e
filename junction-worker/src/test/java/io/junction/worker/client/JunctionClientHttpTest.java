package io.junction.worker.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JunctionClientHttpTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final RegisterRequest REQUEST = new RegisterRequest("q", "n", "v", 1, Map.of(), 1);
  private final CountDownLatch end = new CountDownLatch(1);
  private HttpServer server;
  private volatile int status = 200;
  private volatile String answer = "{}";
  private volatile boolean stalls;
  private volatile String request = "";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length + (stalls ? 1 : 0));
          exchange.getResponseBody().write(body);
          exchange.getResponseBody().flush();
          if (stalls) {
            awaitEnd();
          }
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    end.countDown();
    server.stop(0);
  }

  @Test
  void the_request_is_snake_case_and_unknown_fields_of_the_answer_are_ignored() {
    var id = new UUID(1, 2);
    answer =
        """
        {"id": "%s", "token": "jw", "queue": "q", "heartbeat_interval_ms": 1, "max_wait_ms": 2,
         "lease_ms": 3, "new": {"x": []}}
        """
            .formatted(id);
    assertThat(register(url()))
        .isEqualTo(new Reply.Answered<>(new Registered(id, "jw", "q", 1, 2, 2, 3)));
    assertThat(request).contains("\"max_job_count\":1");
    assertThat(new Registered(id, "jw", "q", 1, 2, 2, 3).toString()).doesNotContain("jw");
  }

  @Test
  void no_config_makes_an_answer_unreadable() {
    String deep = "[".repeat(9_000) + "]".repeat(9_000);
    String long1 = "9".repeat(200_000);
    String name = "n".repeat(100_000);
    answer =
        """
        {"seq": 1, "assignments": [{"id": "%s", "attempt": 1, "job": {"id": 1, "config":
          {"deep": %s, "number": %s, "%s": 1e400, "tiny": 1e-16383}}}],
         "updates": [], "directive": "dance", "lease_ms": 1}
        """
            .formatted(new UUID(1, 2), deep, long1, name);
    try (var client = new JunctionClient(List.of(url()))) {
      var worker = new Registered(new UUID(1, 2), "jw", "q", 1, 2, 2, 3);
      var reply =
          client
              .heartbeat(worker, new Heartbeat(1, List.of(), List.of(), false, 0), TIMEOUT)
              .join();
      assertThat(reply).isInstanceOf(Reply.Answered.class);
      var body = ((Reply.Answered<HeartbeatAnswer>) reply).body();
      assertThat(body.assignments()).hasSize(1);
      assertThat(body.directive()).isEqualTo(Directive.RUN);
    }
  }

  @Test
  void a_refusal_carries_the_problem() {
    status = 409;
    answer = "{\"type\": \"urn:junction:problem:stale-heartbeat\", \"last_seq\": 17}";
    var refused = (Reply.Refused<Registered>) register(url());
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.problem().is("stale-heartbeat")).isTrue();
    assertThat(refused.problem().lastSeq()).isEqualTo(17);
  }

  @Test
  void a_body_that_stalls_ends_with_the_timeout() {
    stalls = true;
    try (var client = new JunctionClient(List.of(url()))) {
      var reply = client.register("t", REQUEST, Duration.ofMillis(200)).join();
      assertThat(reply)
          .isInstanceOfSatisfying(
              Reply.Unreachable.class, late -> assertThat(late.reason()).contains("within 200 ms"));
    }
  }

  @Test
  void what_cannot_be_read_is_no_answer() {
    for (String nonsense : List.of("<html>", "[]", "{\"id\": 5}", "null")) {
      answer = nonsense;
      assertThat(register(url())).isInstanceOf(Reply.Unreachable.class);
    }
  }

  @Test
  void after_a_failure_the_next_address_is_used_and_kept() {
    answer =
        "{\"id\": \""
            + new UUID(1, 2)
            + "\", \"token\": \"jw\", \"heartbeat_interval_ms\": 1, \"lease_ms\": 3}";
    try (var client = new JunctionClient(List.of(URI.create("http://localhost:1"), url()))) {
      assertThat(client.register("t", REQUEST, TIMEOUT).join())
          .isInstanceOf(Reply.Unreachable.class);
      assertThat(client.register("t", REQUEST, TIMEOUT).join()).isInstanceOf(Reply.Answered.class);
      assertThat(client.register("t", REQUEST, TIMEOUT).join()).isInstanceOf(Reply.Answered.class);
    }
  }

  private Reply<Registered> register(URI url) {
    try (var client = new JunctionClient(List.of(url))) {
      return client.register("t", REQUEST, TIMEOUT).join();
    }
  }

  private URI url() {
    return URI.create("http://localhost:" + server.getAddress().getPort() + "/");
  }

  private void awaitEnd() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
