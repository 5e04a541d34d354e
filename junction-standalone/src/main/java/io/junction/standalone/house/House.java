package io.junction.standalone.house;

import io.junction.api.JunctionApi;
import io.junction.dispatcher.JunctionDispatcher;
import io.junction.standalone.console.Console;
import io.junction.standalone.console.Stop;
import io.junction.standalone.postgres.Ports;
import io.junction.standalone.postgres.Postgres;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * A whole Junction in this process.
 *
 * <p>Order: Postgres and its tables, then the API and the dispatcher at the same time, then the
 * worker. It is closed the other way round, also when it came up only in part.
 */
public final class House implements AutoCloseable {

  private record Floor(String name, AutoCloseable part) {}

  private final Setup setup;
  private final Console console;
  private final Deque<Floor> floors = new ArrayDeque<>();
  private @Nullable URI url;
  private @Nullable Postgres postgres;

  private House(Setup setup, Console console) {
    this.setup = setup;
    this.console = console;
  }

  /** Returns when everything is ready; a refusal leaves nothing behind. */
  public static House start(Setup setup, Console console, Stop stop) {
    Ports.requireFree(setup.port(), "the API", "--port");
    Logs.into(setup.folder().log());
    var house = new House(setup, console);
    try {
      house.build(stop);
      return house;
    } catch (RuntimeException e) {
      LoggerFactory.getLogger(House.class).error("the start failed", e);
      house.close();
      throw e;
    }
  }

  private void build(Stop stop) {
    console.say("Starting Postgres, the API" + andSoOn() + " ...");
    var database = Postgres.start(setup.folder(), console);
    ready("Postgres");
    postgres = database;
    floors.push(new Floor("Postgres", database));
    stop.check();
    Schema.migrate(database);
    stop.check();
    ready("tables");
    var api = Part.start("The API", () -> JunctionApi.start(Settings.ofApi(setup, database)));
    floors.push(new Floor("the API", api));
    var dispatcher =
        Part.start(
            "The dispatcher",
            () -> JunctionDispatcher.start(Settings.ofDispatcher(setup, database)));
    floors.push(new Floor("the dispatcher", dispatcher));
    var port = api.await(stop).getEnvironment().getRequiredProperty("local.server.port");
    ready("API");
    var address = URI.create("http://127.0.0.1:" + port);
    url = address;
    setup
        .worker()
        .ifPresent(
            worker -> {
              var token = setup.tokens().worker();
              var agent = InsideAgent.start(worker, address, token, setup.folder());
              floors.push(new Floor("the worker", agent));
            });
    dispatcher.await(stop);
    ready("dispatcher");
  }

  private void ready(String part) {
    console.say(String.format("  %-10s after %s", part, uptime()));
  }

  private String andSoOn() {
    return setup
        .worker()
        .map(worker -> ", the dispatcher and a worker with " + worker.slots() + " slots")
        .orElse(" and the dispatcher");
  }

  /** Where the API listens. */
  public URI url() {
    return present(url);
  }

  /** Its database. */
  public Postgres postgres() {
    return present(postgres);
  }

  private static <T> T present(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("the house is not built");
    }
    return value;
  }

  /** How long this process has been running, as text. */
  public static String uptime() {
    long ms = ManagementFactory.getRuntimeMXBean().getUptime();
    return String.format(Locale.ROOT, "%.1f s", ms / 1000.0);
  }

  /** From the roof down; a part that does not close in good order does not keep the others. */
  @Override
  public void close() {
    if (floors.isEmpty()) {
      return;
    }
    long since = System.nanoTime();
    console.say("Stopping " + String.join(", ", names()) + " ...");
    while (!floors.isEmpty()) {
      var floor = floors.pop();
      try {
        floor.part().close();
      } catch (Exception e) {
        LoggerFactory.getLogger(House.class).warn("{} was not closed well", floor.name(), e);
        console.complain("Closing " + floor.name() + " failed; see " + setup.folder().log());
      }
    }
    double seconds = (System.nanoTime() - since) / 1e9;
    console.say(String.format(Locale.ROOT, "Stopped after %.1f s.", seconds));
  }

  private List<String> names() {
    return floors.stream().map(Floor::name).toList();
  }
}
