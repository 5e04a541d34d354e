package io.junction.bench.load;

import io.junction.bench.house.Daemon;
import io.junction.bench.house.House;
import java.io.IOException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The requests of a load that is no heartbeat. One connection; one thread at a time. */
public final class ApiClient implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Connection connection;

  public ApiClient(Daemon api) throws IOException {
    this.connection = new Connection(api.host(), api.port());
  }

  /** Registers a worker over this connection, which it then has for itself. */
  public SimulatedWorker register(String queue, int slots) throws IOException {
    var body =
        "{\"queue\":\"%s\",\"max_job_count\":%d,\"protocol\":1,\"name\":\"bench\"}"
            .formatted(queue, slots);
    var registered = tree(send("POST", "/v1/workers", House.WORKER_TOKEN, body, 201));
    var idleWait = registered.path("max_idle_wait_ms");
    long wait =
        idleWait.isNumber() ? idleWait.longValue() : registered.get("max_wait_ms").longValue();
    return new SimulatedWorker(
        connection,
        registered.get("id").stringValue(),
        registered.get("token").stringValue(),
        wait);
  }

  /** Submits one no-op job. */
  public void submit(String queue) throws IOException {
    send(
        "POST",
        "/v1/jobs",
        House.SCHEDULER_TOKEN,
        "{\"queue\":\"" + queue + "\",\"config\":{\"command\":\"true\"}}",
        201);
  }

  /** Asks the server for nothing. */
  public void ping() throws IOException {
    send("POST", "/v1/ping", House.SCHEDULER_TOKEN, "{}", 200);
  }

  private Answer send(String method, String path, String token, String body, int expected)
      throws IOException {
    var answer = connection.send(method, path, token, body);
    if (answer.status() != expected) {
      throw new IOException(
          "%s %s was answered %d: %s".formatted(method, path, answer.status(), answer.text()));
    }
    return answer;
  }

  private static JsonNode tree(Answer answer) {
    return JSON.readTree(answer.text());
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
