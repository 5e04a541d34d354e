package io.junction.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.junction.testing.Postgres;
import io.junction.testing.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** Clients that do not read, and the end, on a copy of its own whose writes time out after 1 s. */
@Postgres
class EventStreamsHttpTest {

  private final TestDatabase database;
  private ConfigurableApplicationContext copy;
  private Client api;

  EventStreamsHttpTest(TestDatabase database) {
    this.database = database;
  }

  @BeforeEach
  void start() {
    copy = ApiServer.Running.start("--server.tomcat.connection-timeout=1s");
    int port = ApiServer.Running.portOf(copy);
    api = new Client(port, port);
  }

  @AfterEach
  void stop() {
    copy.close();
  }

  @Test
  void who_does_not_read_is_dropped_and_delays_nobody() throws IOException {
    try (var deaf = new Socket()) {
      deaf.setReceiveBufferSize(2_048);
      deaf.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), api.uri("/").getPort()));
      deaf.getOutputStream()
          .write(
              """
              GET /v1/events HTTP/1.1\r
              Host: localhost\r
              Authorization: Bearer %s\r
              \r
              """
                  .formatted(Client.READER)
                  .getBytes(StandardCharsets.US_ASCII));
      await().until(() -> Metrics.gauge(api, "junction_streams") == 1);
      try (var reader = new EventReader(api, Client.READER, "?kind=build:created", "")) {
        // More than any buffer between the two takes.
        int builds = 1_500;
        database
            .jdbc()
            .sql(
                """
                INSERT INTO junction.builds (message)
                SELECT repeat('x', 9000) FROM generate_series(1, :builds)
                """)
            .param("builds", builds)
            .update();
        for (int n = 0; n < builds; n++) {
          assertThat(reader.next().json().path("payload").path("message").asString())
              .hasSize(9_000);
        }
        await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> Metrics.gauge(api, "junction_streams") == 1);
      }
    }
  }

  @Test
  void a_stop_ends_the_streams_and_they_go_on_elsewhere() {
    try (var reader = new EventReader(api, Client.READER, "?kind=job:queued", "")) {
      long first = api.submit("q");
      var told = reader.next();
      assertThat(told.json().path("job_id").asLong()).isEqualTo(first);
      copy.close();
      assertThat(reader.await(block -> block.event().equals("end")).data()).isEqualTo("{}");
      start();
      long second = api.submit("q");
      try (var next = new EventReader(api, Client.READER, "?kind=job:queued", told.id())) {
        assertThat(next.next().json().path("job_id").asLong()).isEqualTo(second);
      }
    }
  }
}
