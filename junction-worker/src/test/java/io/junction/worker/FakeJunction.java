package io.junction.worker;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The worker's side of Junction's API as docs/protocol.md has it, in memory: registration, sequence
 * numbers, long polls, updates with verdicts, lists compared, jobs that are dropped. And a way to
 * make it fail.
 */
public final class FakeJunction implements AutoCloseable {
  public static final String TOKEN = "worker-secret-0123456789";
  private static final JsonMapper JSON = new JsonMapper();
  private static final Set<String> FIELDS =
      Set.of("seq", "assignments", "updates", "draining", "wait_ms");

  /** One attempt at one job, as the server sees it. */
  public static final class Attempt {
    final UUID id = UUID.randomUUID();
    final long job;
    final JsonNode config;
    final boolean exclusive;
    final @Nullable Long timeoutMs;
    boolean listed;
    boolean open = true;
    String state = "queued";
    int finishesApplied;
    @Nullable JsonNode closing;

    Attempt(long job, JsonNode config, boolean exclusive, @Nullable Long timeoutMs) {
      this.job = job;
      this.config = config;
      this.exclusive = exclusive;
      this.timeoutMs = timeoutMs;
    }
  }

  private final HttpServer server;
  private final Map<UUID, Attempt> attempts = new LinkedHashMap<>();
  private final List<JsonNode> registrations = new ArrayList<>();
  private final List<JsonNode> heartbeats = new ArrayList<>();
  private final List<JsonNode> verdicts = new ArrayList<>();
  private final int intervalMs;
  private final int leaseMs;
  private int maxIdleWaitMs;
  private @Nullable UUID worker;
  private String workerToken = "";
  private long seq;
  private boolean draining;
  private String directive = "run";
  private boolean down;
  private boolean silent;
  private int answersToLose;
  private boolean held;
  private boolean late;
  private boolean behindAProxy;
  private boolean resultsRefused;
  private int refusal;
  private int retirements;
  private @Nullable JsonNode forgedAnswer;

  public FakeJunction(int intervalMs, int leaseMs) {
    this.intervalMs = intervalMs;
    this.leaseMs = leaseMs;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  public FakeJunction() {
    this(1_000, 20_000);
  }

  /** Idle workers may wait for so long, as newer Junctions say. */
  public FakeJunction holdingIdle(int ms) {
    maxIdleWaitMs = ms;
    return this;
  }

  public URI url() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  // ---- what happens in Junction

  public Attempt assign(String config) {
    return assign(config, false, null);
  }

  public synchronized Attempt assign(String config, boolean exclusive, @Nullable Long timeoutMs) {
    var attempt = new Attempt(4_711 + attempts.size(), JSON.readTree(config), exclusive, timeoutMs);
    attempts.put(attempt.id, attempt);
    notifyAll();
    return attempt;
  }

  public synchronized void cancel(Attempt attempt) {
    attempt.open = false;
    attempt.state = "canceled";
    notifyAll();
  }

  public synchronized void direct(String word) {
    directive = word;
    notifyAll();
  }

  /** Every request is answered 503. */
  public synchronized void down(boolean now) {
    down = now;
    notifyAll();
  }

  /** Every request is swallowed: neither applied nor answered. */
  public synchronized void silent(boolean now) {
    silent = now;
    notifyAll();
  }

  /** The next heartbeats with updates are applied, but their answers get lost. */
  public synchronized void loseAnswers(int count) {
    answersToLose = count;
  }

  /** Answers to heartbeats with updates are worked out and then held back. */
  public synchronized void hold(boolean now) {
    held = now;
    notifyAll();
  }

  /** Lists are read before updates are applied, so that they hold what has just ended. */
  public synchronized void readListsTooEarly(boolean now) {
    late = now;
  }

  /** Something on the way answers 404. */
  public synchronized void hideBehindAProxy(boolean now) {
    behindAProxy = now;
    notifyAll();
  }

  /** A heartbeat with a result in it is refused, as if the result were too large. */
  public synchronized void refuseResults() {
    resultsRefused = true;
  }

  public synchronized void refuseRegistrations(int status) {
    refusal = status;
  }

  /** As if the worker's registration had never been. */
  public synchronized void forgetWorker() {
    worker = null;
    attempts.values().forEach(attempt -> attempt.open = false);
    notifyAll();
  }

  public synchronized void haveSeen(long number) {
    seq = number;
    notifyAll();
  }

  /** The next parked heartbeat that is overtaken is answered with this. */
  public synchronized void forge(String answer) {
    forgedAnswer = JSON.readTree(answer);
  }

  /** Whether the forged answer is still to be given. */
  public synchronized boolean isForging() {
    return forgedAnswer != null;
  }

  // ---- what was seen

  public synchronized List<JsonNode> registrations() {
    return List.copyOf(registrations);
  }

  public synchronized List<JsonNode> heartbeats() {
    return List.copyOf(heartbeats);
  }

  /** Every verdict that was given, whether or not its answer arrived. */
  public synchronized List<JsonNode> verdicts(Attempt attempt, String event) {
    return verdicts.stream()
        .filter(v -> v.get("assignment").stringValue().equals(attempt.id.toString()))
        .filter(v -> v.get("event").stringValue().equals(event))
        .toList();
  }

  public synchronized String state(Attempt attempt) {
    return attempt.state;
  }

  /** The update that ended it; a missing node until then. */
  public synchronized JsonNode closing(Attempt attempt) {
    return attempt.closing == null ? JSON.missingNode() : attempt.closing;
  }

  public synchronized int retirements() {
    return retirements;
  }

  public synchronized boolean isParked() {
    return parked > 0;
  }

  private int parked;

  // ---- HTTP

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().getPath();
      String token = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
      JsonNode answer = answer(exchange.getRequestMethod(), path, token, body);
      if (answer != null) {
        int status = answer.get("status").intValue();
        byte[] bytes = JSON.writeValueAsBytes(answer.get("body"));
        String type = status < 300 ? "application/json" : "application/problem+json";
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, status == 204 ? -1 : bytes.length);
        if (status != 204) {
          exchange.getResponseBody().write(bytes);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized @Nullable JsonNode answer(
      String method, String path, String token, byte[] body) throws InterruptedException {
    while (silent) {
      wait();
    }
    if (down) {
      return problem(503, "unavailable");
    }
    if (behindAProxy) {
      return reply(404, JSON.createArrayNode());
    }
    if (path.equals("/v1/workers")) {
      return register(token, JSON.readTree(body));
    }
    if (worker == null || !path.startsWith("/v1/workers/" + worker)) {
      return problem(404, "not-found");
    }
    if (!token.equals("Bearer " + workerToken)) {
      return problem(401, "unauthenticated");
    }
    if (method.equals("DELETE")) {
      retirements++;
      attempts.values().forEach(attempt -> attempt.open = false);
      return reply(204, JSON.createObjectNode());
    }
    return heartbeat(JSON.readTree(body));
  }

  private JsonNode register(String token, JsonNode request) {
    if (refusal != 0) {
      return problem(refusal, "invalid");
    }
    if (!token.equals("Bearer " + TOKEN)) {
      return problem(401, "unauthenticated");
    }
    registrations.add(request);
    worker = UUID.randomUUID();
    workerToken = "jw_" + worker;
    seq = 0;
    attempts.values().removeIf(attempt -> attempt.listed);
    return reply(
        201,
        JSON.createObjectNode()
            .put("id", worker.toString())
            .put("token", workerToken)
            .put("queue", request.get("queue").stringValue())
            .put("heartbeat_interval_ms", intervalMs)
            .put("max_wait_ms", intervalMs)
            .put("max_idle_wait_ms", maxIdleWaitMs)
            .put("lease_ms", leaseMs));
  }

  private @Nullable JsonNode heartbeat(JsonNode request) throws InterruptedException {
    for (String field : request.propertyNames()) {
      if (!FIELDS.contains(field)) {
        return problem(400, "unknown-field");
      }
    }
    heartbeats.add(request);
    long number = request.get("seq").longValue();
    if (number <= seq) {
      var problem = problem(409, "stale-heartbeat");
      ((ObjectNode) problem.get("body")).put("last_seq", seq);
      return problem;
    }
    for (int i = 0; i < request.get("updates").size(); i++) {
      if (resultsRefused && request.get("updates").get(i).has("result")) {
        return refusal("updates[" + i + "].result");
      }
    }
    seq = number;
    notifyAll(); // a newer heartbeat ends the wait of the older one
    JsonNode early = list(number, List.of(), JSON.createArrayNode());
    var answered = JSON.createArrayNode();
    for (JsonNode update : request.get("updates")) {
      JsonNode verdict = apply(update);
      verdicts.add(verdict);
      answered.add(verdict);
    }
    var listed = new ArrayList<UUID>();
    for (JsonNode id : request.get("assignments")) {
      listed.add(UUID.fromString(id.stringValue()));
      if (!attempts.containsKey(listed.getLast())) {
        return problem(422, "invalid");
      }
    }
    compare(listed);
    draining = request.get("draining").booleanValue();
    if (!answered.isEmpty() && answersToLose > 0) {
      answersToLose--;
      return null;
    }
    park(request, number, listed);
    if (seq != number && forgedAnswer != null) {
      var forged = (ObjectNode) forgedAnswer;
      forged.put("seq", number);
      forgedAnswer = null;
      return reply(200, forged);
    }
    if (late && !answered.isEmpty()) {
      ((ObjectNode) early).set("updates", answered);
      return reply(200, early);
    }
    JsonNode list = reply(200, list(number, listed, answered));
    while (held && !answered.isEmpty()) {
      wait();
    }
    return list;
  }

  private void park(JsonNode request, long number, List<UUID> listed) throws InterruptedException {
    long until =
        System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(request.get("wait_ms").longValue());
    parked++;
    while (seq == number
        && request.get("updates").isEmpty()
        && !down
        && worker != null
        && same(listed)) {
      long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
      if (left <= 0) {
        break;
      }
      wait(left);
    }
    parked--;
  }

  private boolean same(List<UUID> listed) {
    return directive.equals("run") && Set.copyOf(listed).equals(Set.copyOf(open()));
  }

  private List<UUID> open() {
    return attempts.values().stream()
        .filter(attempt -> attempt.open && (attempt.listed || !draining))
        .map(attempt -> attempt.id)
        .toList();
  }

  private static JsonNode refusal(String field) {
    JsonNode problem = problem(422, "invalid");
    var errors = ((ObjectNode) problem.get("body")).putArray("errors");
    errors.addObject().put("field", field).put("message", "is too large");
    return problem;
  }

  private void compare(List<UUID> listed) {
    for (Attempt attempt : attempts.values()) {
      if (attempt.open && attempt.listed && !listed.contains(attempt.id)) {
        attempt.open = false;
        attempt.state = "lost";
      }
      attempt.listed |= listed.contains(attempt.id);
    }
  }

  private JsonNode apply(JsonNode update) {
    Attempt attempt = attempts.get(UUID.fromString(update.get("assignment").stringValue()));
    String event = update.get("event").stringValue();
    var verdict =
        JSON.createObjectNode()
            .put("assignment", update.get("assignment").stringValue())
            .put("event", event);
    if (attempt == null) {
      return verdict.put("verdict", "unknown");
    }
    if (!attempt.open) {
      boolean again =
          attempt.closing != null && attempt.closing.get("event").stringValue().equals(event);
      return verdict.put("verdict", again ? "unchanged" : "refused").put("state", attempt.state);
    }
    switch (event) {
      case "receive" -> attempt.state = "received";
      case "start" -> attempt.state = "started";
      default -> {
        attempt.state = event.equals("restart") ? "created" : update.get("state").stringValue();
        attempt.open = false;
        attempt.closing = update;
        attempt.finishesApplied++;
      }
    }
    return verdict.put("verdict", "applied").put("state", attempt.state);
  }

  private JsonNode list(long number, List<UUID> listed, JsonNode answered) {
    var answer = JSON.createObjectNode().put("seq", number).put("directive", directive);
    answer
        .put("lease_ms", leaseMs)
        .put("heartbeat_interval_ms", intervalMs)
        .put("something_new", true);
    answer.set("updates", answered);
    var list = answer.putArray("assignments");
    for (UUID id : open()) {
      Attempt attempt = attempts.get(id);
      var entry = list.addObject().put("id", id.toString()).put("attempt", 1);
      if (attempt != null && !listed.contains(id)) {
        var job = entry.putObject("job").put("id", attempt.job).put("queue", "builds");
        job.set("config", attempt.config);
        job.put("timeout_ms", attempt.timeoutMs).put("exclusive", attempt.exclusive);
      }
    }
    return answer;
  }

  private static JsonNode reply(int status, JsonNode body) {
    var reply = JSON.createObjectNode().put("status", status);
    reply.set("body", body);
    return reply;
  }

  private static JsonNode problem(int status, String word) {
    return reply(
        status,
        JSON.createObjectNode()
            .put("type", "urn:junction:problem:" + word)
            .put("title", word)
            .put("status", status)
            .put("detail", "as the test wants it"));
  }

  @Override
  public void close() {
    synchronized (this) {
      silent = false;
      held = false;
      down = true;
      notifyAll();
    }
    server.stop(0);
  }
}
