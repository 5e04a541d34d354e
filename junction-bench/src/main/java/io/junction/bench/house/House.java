package io.junction.bench.house;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is measured: a Postgres, an API and a dispatcher, with production's defaults.
 *
 * <p>The daemons are started when a scenario first asks for them, and a scenario may stop one that
 * would disturb it.
 */
public final class House implements AutoCloseable {

  public static final String WORKER_TOKEN = "bench-worker-token-0123456789";
  public static final String SCHEDULER_TOKEN = "bench-scheduler-token-0123456789";
  private static final String OPERATOR_TOKEN = "bench-operator-token-0123456789";

  private final Jars jars;
  private final Path folder;
  private final String options;
  private final Database database;
  private @Nullable Daemon api;
  private @Nullable Daemon dispatcher;

  private House(Jars jars, Path folder, String options, Database database) {
    this.jars = jars;
    this.folder = folder;
    this.options = options;
    this.database = database;
  }

  /** The database alone; its files and every log are in the folder. */
  public static House open(Jars jars, Path folder) {
    return open(jars, folder, "");
  }

  /** The same, with options for the JVM of every daemon. */
  public static House open(Jars jars, Path folder, String options) {
    return new House(jars, folder, options, Database.start(folder));
  }

  public Database database() {
    return database;
  }

  /** The API, started when it does not run. */
  public Daemon api() {
    return apiOf("");
  }

  /** The API, started with more options of the JVM when it does not run. */
  public Daemon apiOf(String options) {
    if (api == null) {
      var settings = settings();
      settings.put("SERVER_ADDRESS", "127.0.0.1");
      settings.put("JUNCTION_TOKENS_WORKER", WORKER_TOKEN);
      settings.put("JUNCTION_TOKENS_SCHEDULER", SCHEDULER_TOKEN);
      settings.put("JUNCTION_TOKENS_OPERATOR", OPERATOR_TOKEN);
      settings.put("JUNCTION_API_PING", "true");
      settings.put("LOGGING_LEVEL_ROOT", "warn");
      api = Daemon.start("api", java("junction-api", options), settings, "JUNCTION_PORT", folder);
    }
    return api;
  }

  /** The dispatcher, started when it does not run. */
  public Daemon dispatcher() {
    if (dispatcher == null) {
      var settings = settings();
      settings.put("MANAGEMENT_SERVER_ADDRESS", "127.0.0.1");
      // Beside production's: how long each round took, not only all of them together.
      settings.put("MANAGEMENT_METRICS_DISTRIBUTION_PERCENTILESHISTOGRAM_JUNCTION_ROUNDS", "true");
      dispatcher =
          Daemon.start(
              "dispatcher",
              java("junction-dispatcher", ""),
              settings,
              "JUNCTION_MANAGEMENT_PORT",
              folder);
    }
    return dispatcher;
  }

  public void stopApi() {
    if (api != null) {
      api.close();
      api = null;
    }
  }

  public void stopDispatcher() {
    if (dispatcher != null) {
      dispatcher.close();
      dispatcher = null;
    }
  }

  /** The processes that run, by name: what the CPU is counted of. */
  public Map<String, ProcessHandle> processes() {
    var processes = new HashMap<String, ProcessHandle>();
    processes.put("postgres", database.server());
    if (api != null) {
      processes.put("api", api.process());
    }
    if (dispatcher != null) {
      processes.put("dispatcher", dispatcher.process());
    }
    return processes;
  }

  private Map<String, String> settings() {
    var settings = new HashMap<String, String>();
    settings.put("JUNCTION_DATABASE_URL", database.jdbcUrl());
    settings.put("JUNCTION_DATABASE_USERNAME", "postgres");
    settings.put("JUNCTION_DATABASE_PASSWORD", "postgres");
    return settings;
  }

  /** As the launcher starts it. */
  private List<String> java(String module, String special) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseCompactObjectHeaders");
    command.add("--enable-native-access=ALL-UNNAMED");
    var more =
        options + " " + special + " " + System.getenv().getOrDefault("JUNCTION_JAVA_OPTIONS", "");
    command.addAll(List.of(more.strip().split("\\s+", -1)));
    command.removeIf(String::isEmpty);
    command.add("-jar");
    command.add(jars.of(module).toString());
    return command;
  }

  @Override
  public void close() {
    stopApi();
    stopDispatcher();
    database.close();
  }
}
