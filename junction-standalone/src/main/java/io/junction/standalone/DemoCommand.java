package io.junction.standalone;

import io.junction.standalone.console.Console;
import io.junction.standalone.console.Stop;
import io.junction.standalone.demo.Demo;
import io.junction.standalone.folder.DataFolder;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows in half a minute what Junction promises. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    header = "Shows in half a minute what Junction promises, and checks it.",
    description = {
      "",
      "It starts a Postgres of its own, the API, the dispatcher and a worker with 4 slots, and runs"
          + " 24 bash jobs in two queues, one of which has a capacity of 2. One job fails, one is"
          + " ended by its timeout, and one worker process is killed with -9 in the middle of its"
          + " jobs, which a second worker then finishes.",
      "",
      "On a terminal it shows a table that is redrawn in place, elsewhere a line for each change."
          + " It never takes longer than 3 minutes.",
      ""
    },
    footer = {
      "",
      "The logs and the database stay in the data folder until the next demo.",
      "",
      "Exit codes: 0 every job ended as it should, 1 something did not hold or could not start,"
          + " 2 wrong options, 130 it was interrupted."
    })
final class DemoCommand implements Callable<Integer> {

  @Option(
      names = "--port",
      paramLabel = "<port>",
      defaultValue = "0",
      converter = PortNumber.class,
      description = "Where the API listens. Default: 0, which takes any free port.")
  private int port;

  @Option(
      names = "--data",
      paramLabel = "<folder>",
      defaultValue = ".junction/demo",
      description = {
        "The data folder, which is emptied first: a new one, or one of a former demo.",
        "Default: .junction/demo in the current folder."
      })
  private Path data = Path.of(".junction/demo");

  private final Console console;
  private final Stop stop;

  DemoCommand(Console console, Stop stop) {
    this.console = console;
    this.stop = stop;
  }

  @Override
  public Integer call() {
    return new Demo(DataFolder.at(data), console, stop).run(port);
  }
}
