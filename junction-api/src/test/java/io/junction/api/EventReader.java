package io.junction.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Follows a stream of server-sent events as a browser would. */
final class EventReader implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();
  private static final int MOST_BLOCKS = 10_000;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final InputStream body;
  private final int status;
  private final BlockingQueue<Block> blocks = new LinkedBlockingQueue<>();

  /**
   * What stands between two empty lines.
   *
   * @param id as the client would send it back; empty when there is none
   * @param event empty when there is none; {@code end} when the stream has ended
   */
  record Block(String id, String event, String data, String comment, String retry) {

    JsonNode json() {
      return JSON.readTree(data);
    }
  }

  EventReader(Client api, String token, String query, String lastEventId) {
    var request =
        HttpRequest.newBuilder(api.uri("/v1/events" + query))
            .header("Authorization", "Bearer " + token)
            .header("Accept", "text/event-stream");
    if (!lastEventId.isEmpty()) {
      request.header("Last-Event-ID", lastEventId);
    }
    try {
      var response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      this.body = response.body();
      this.status = response.statusCode();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    Thread.ofVirtual().start(this::read);
  }

  int status() {
    return status;
  }

  /** The next block that is wanted; the others are passed over. */
  Block await(Predicate<Block> wanted) {
    try {
      for (int n = 0; n < MOST_BLOCKS; n++) {
        var block = blocks.poll(20, TimeUnit.SECONDS);
        assertThat(block).as("a block within 20 s").isNotNull();
        if (block != null && wanted.test(block)) {
          return block;
        }
        assertThat(block).extracting(Block::event).isNotEqualTo("end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new AssertionError("not among " + MOST_BLOCKS + " blocks");
  }

  Block next() {
    return await(block -> !block.event().isEmpty());
  }

  /** So many events, as {@code kind job}. */
  List<String> next(int count) {
    var kinds = new ArrayList<String>();
    for (int n = 0; n < count; n++) {
      var block = next();
      kinds.add(block.event() + " " + block.json().path("job_id").asLong(0));
    }
    return kinds;
  }

  private void read() {
    if (status == 200) {
      readBlocks();
    }
    blocks.add(new Block("", "end", "{}", "", ""));
  }

  private void readBlocks() {
    try (var lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
      var fields = new String[] {"", "", "", "", ""};
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isEmpty()) {
          blocks.add(new Block(fields[0], fields[1], fields[2], fields[3], fields[4]));
          fields = new String[] {"", "", "", "", ""};
        } else {
          var name = line.substring(0, line.indexOf(':'));
          var value = line.substring(line.indexOf(':') + 1).strip();
          fields[List.of("id", "event", "data", "", "retry").indexOf(name)] = value;
        }
      }
    } catch (IOException ended) {
      // whoever waits is told of the end
    }
  }

  @Override
  public void close() {
    try {
      body.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
