package io.junction.system;

import io.junction.testing.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A whole Junction of real processes: a Postgres, two APIs, two dispatchers, and the workers that a
 * test starts. All tests of a run share it; each has queues of its own.
 */
final class Cluster implements AutoCloseable {

  static final String WORKER_TOKEN = "system-test-worker-token";
  static final String OPERATOR_TOKEN = "system-test-operator-token";

  private static final String NOTIFICATIONS_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

  private final Path data = Folders.fresh("postgres");
  private final Path work = Folders.fresh("work");
  private final PostgresServer postgres = new PostgresServer(data, 0);
  private final JdbcClient jdbc = JdbcClient.create(postgres.dataSource());
  private final List<Daemon> apis;
  private final List<Daemon> dispatchers;
  private final List<Child> workers = new ArrayList<>();
  private int workersStarted;
  private boolean postgresIsUp;

  Cluster() {
    apis = Stream.of("api-1", "api-2").map(this::api).toList();
    dispatchers = Stream.of("dispatcher-1", "dispatcher-2").map(this::dispatcher).toList();
  }

  /** All at once, on an empty database: any of them may be the one that makes the schema. */
  void start() {
    complete();
    new History(jdbc).install();
  }

  /** Sees to it that Postgres and at least one API and one dispatcher run. */
  void ready() {
    if (!postgresIsUp) {
      startPostgres();
    }
    var needed = Stream.of(apis, dispatchers).map(Cluster::oneOf).toList();
    start(needed);
  }

  /** Sees to it that everything runs. */
  void complete() {
    if (!postgresIsUp) {
      startPostgres();
    }
    start(daemons());
  }

  private static Daemon oneOf(List<Daemon> daemons) {
    return daemons.stream().filter(Daemon::isUp).findFirst().orElse(daemons.getFirst());
  }

  private static void start(List<Daemon> daemons) {
    daemons.parallelStream().forEach(Daemon::start); // each unpacks its jar at first
    daemons.forEach(Daemon::awaitReady);
  }

  void startPostgres() {
    postgres.start();
    postgresIsUp = true;
  }

  /** An immediate shutdown, as a crash would be. */
  void crashPostgres() {
    postgres.stopImmediately();
    postgresIsUp = false;
  }

  JdbcClient jdbc() {
    return jdbc;
  }

  /** For what takes several statements in a transaction of its own. */
  PostgresServer postgres() {
    return postgres;
  }

  List<Daemon> apis() {
    return apis;
  }

  List<Daemon> dispatchers() {
    return dispatchers;
  }

  /** A worker that knows both APIs. */
  Child worker(String queue, int slots) {
    return worker(queue, slots, apis.stream().map(Daemon::url).toList());
  }

  /** A worker that knows these addresses. */
  Child worker(String queue, int slots, List<String> urls) {
    workersStarted++;
    String name = "worker-" + workersStarted + "-" + queue;
    var worker =
        Child.start(
            name,
            Program.WORKER,
            Map.of(
                "JUNCTION_URL", String.join(",", urls),
                "JUNCTION_WORKER_TOKEN", WORKER_TOKEN,
                "JUNCTION_WORKER_WORK_DIR", work.toString()),
            List.of("--queue", queue, "--slots", "" + slots, "--name", name));
    workers.add(worker);
    return worker;
  }

  /** Returns when so many workers of this queue are registered and alive. */
  void awaitWorkers(String queue, int count) {
    Pace.awaiting(count + " workers of " + queue)
        .until(
            () ->
                jdbc.sql(
                            """
                            SELECT count(*) FROM junction.workers
                            WHERE queue = :queue AND lost_at IS NULL AND retired_at IS NULL
                            """)
                        .param("queue", queue)
                        .query((row, n) -> row.getInt(1))
                        .single()
                    >= count);
  }

  void killWorkers() {
    workers.forEach(Child::kill);
    workers.clear();
  }

  /** The last words of every process. */
  String tails() {
    return Stream.concat(daemons().stream().map(Daemon::tail), workers.stream().map(Child::tail))
        .collect(Collectors.joining("\n"));
  }

  @Override
  public void close() {
    killWorkers();
    daemons().forEach(Daemon::kill);
    postgres.close();
    Folders.remove(data);
    Folders.remove(work);
  }

  private List<Daemon> daemons() {
    return Stream.concat(apis.stream(), dispatchers.stream()).toList();
  }

  private Daemon api(String name) {
    var settings =
        Map.of(
            "SERVER_ADDRESS",
            "127.0.0.1",
            "JUNCTION_TOKENS_WORKER",
            WORKER_TOKEN,
            "JUNCTION_TOKENS_SCHEDULER",
            "system-test-scheduler-token",
            "JUNCTION_TOKENS_OPERATOR",
            OPERATOR_TOKEN,
            "JUNCTION_API_WORKER_HEARTBEATINTERVAL",
            text(Pace.HEARTBEAT),
            "JUNCTION_API_WORKER_MAXWAIT",
            text(Pace.MAX_WAIT),
            "JUNCTION_API_WORKER_LEASE",
            text(Pace.LEASE),
            "JUNCTION_API_WORKER_SILENCE",
            text(Pace.SILENCE));
    return new Daemon(name, Program.API, "JUNCTION_PORT", withDatabase(settings));
  }

  private Daemon dispatcher(String name) {
    var settings =
        Map.of(
            "MANAGEMENT_SERVER_ADDRESS", "127.0.0.1",
            "JUNCTION_DISPATCHER_POLL", "1s",
            "JUNCTION_LIMITER_POLL", "1s",
            "JUNCTION_REAPER_POLL", "300ms",
            "JUNCTION_REAPER_TAKEUP", "5s");
    return new Daemon(name, Program.DISPATCHER, "JUNCTION_MANAGEMENT_PORT", withDatabase(settings));
  }

  private Map<String, String> withDatabase(Map<String, String> settings) {
    var all = new HashMap<>(settings);
    all.put("JUNCTION_NOTIFICATIONS_KEY", NOTIFICATIONS_KEY);
    all.put("JUNCTION_NOTIFICATIONS_ALLOWPRIVATETARGETS", "true");
    all.put("JUNCTION_DATABASE_URL", postgres.jdbcUrl());
    all.put("JUNCTION_DATABASE_USERNAME", postgres.username());
    all.put("JUNCTION_DATABASE_PASSWORD", postgres.password());
    return all;
  }

  private static String text(Duration duration) {
    return duration.toMillis() + "ms";
  }
}
