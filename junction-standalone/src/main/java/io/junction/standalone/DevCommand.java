package io.junction.standalone;

import io.junction.standalone.console.Console;
import io.junction.standalone.console.Stop;
import io.junction.standalone.folder.DataFolder;
import io.junction.standalone.folder.DevEnv;
import io.junction.standalone.folder.FolderLock;
import io.junction.standalone.folder.RoleTokens;
import io.junction.standalone.house.House;
import io.junction.standalone.house.Setup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Stays up until it is asked to end. */
@Command(
    name = "dev",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    header = "Starts a whole Junction on this machine and stays up until Ctrl-C.",
    description = {
      "",
      "One process runs a Postgres of its own, the API, the dispatcher, and a worker with 4 slots"
          + " for the queue \"default\". Everything listens on this machine only and is kept in the"
          + " data folder: a later start finds the jobs, the tokens and the database again.",
      ""
    },
    footer = {
      "",
      "The address and the tokens are printed, and written to dev.env in the data folder:",
      "",
      "  . .junction/dev.env",
      "  curl -H \"Authorization: Bearer $JUNCTION_READER_TOKEN\" $JUNCTION_URL/v1/jobs",
      "",
      "Exit codes: 0 it was stopped, 1 it could not start, 2 wrong options, 130 it was stopped"
          + " before it was ready."
    })
final class DevCommand implements Callable<Integer> {

  private static final String QUEUE = "default";
  private static final int SLOTS = 4;
  private static final Duration DRAIN = Duration.ofSeconds(3);

  @Option(
      names = "--port",
      paramLabel = "<port>",
      defaultValue = "8080",
      converter = PortNumber.class,
      description = "Where the API listens; 0 takes any free port. Default: 8080.")
  private int port;

  @Option(
      names = "--data",
      paramLabel = "<folder>",
      defaultValue = ".junction",
      description = {
        "The data folder, made if it is missing.",
        "Default: .junction in the current folder."
      })
  private Path data = Path.of(".junction");

  @Option(
      names = "--no-worker",
      description = "Start no worker; yours, or ./junction worker, do the work.")
  private boolean noWorker;

  @Option(
      names = "--until-ready",
      hidden = true,
      description = "Stop when everything is up: ./junction records so what a fast start needs.")
  private boolean untilReady;

  private final Console console;
  private final Stop stop;

  DevCommand(Console console, Stop stop) {
    this.console = console;
    this.stop = stop;
  }

  @Override
  public Integer call() {
    var folder = DataFolder.at(data);
    try (var _ = FolderLock.of(folder)) {
      var tokens = RoleTokens.of(folder);
      var worker =
          noWorker
              ? Optional.<Setup.InsideWorker>empty()
              : Optional.of(new Setup.InsideWorker("dev", QUEUE, SLOTS, DRAIN));
      var setup = new Setup(folder, tokens, port, List.of(), List.of(), worker);
      try (var house = House.start(setup, console, stop)) {
        var env = new DevEnv(house.url(), tokens, house.postgres().url());
        env.writeTo(folder);
        console.say("Ready after " + House.uptime() + ".");
        console.say(new Welcome(env, folder, worker).text());
        if (untilReady) {
          return 0;
        }
        stop.await();
        console.say("");
      }
      return 0;
    }
  }
}
