package io.junction.standalone;

import io.junction.standalone.console.Console;
import io.junction.standalone.console.Refusal;
import io.junction.standalone.console.Stop;
import java.io.PrintStream;
import java.io.PrintWriter;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command line of {@code ./junction dev} and {@code ./junction demo}. Exit codes: 0 all is
 * well, 1 it could not go on or a check failed, 2 wrong options, 130 it was interrupted.
 */
@Command(
    name = "./junction",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "A whole Junction in one process, with a Postgres of its own.",
    subcommands = {DevCommand.class, DemoCommand.class})
public final class Junction implements Runnable {

  private static final int FAILED = 1;
  private static final int WRONG_OPTIONS = 2;
  private static final int INTERRUPTED = 130;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli
  private CommandSpec spec;

  private final Console console;
  private final Stop stop;

  private Junction(Console console, Stop stop) {
    this.console = console;
    this.stop = stop;
  }

  static void main(String... arguments) {
    System.exit(run(arguments));
  }

  /** Runs one command to its end; the exit code. A signal to the process ends it in good order. */
  public static int run(String... arguments) {
    return run(Console.ofProcess(), new Stop(), arguments);
  }

  /** The same, seen by another console, and ended by another wish as well. */
  static int run(Console console, Stop stop, String... arguments) {
    try (var signals = Signals.ask(stop)) {
      int code = commandLine(console, stop).execute(arguments);
      signals.ended(code);
      return code;
    }
  }

  private static CommandLine commandLine(Console console, Stop stop) {
    var junction = new Junction(console, stop);
    return new CommandLine(junction, new Making(console, stop))
        .setOut(writer(console.out()))
        .setErr(writer(console.err()))
        .setUsageHelpAutoWidth(true)
        .setParameterExceptionHandler((e, words) -> junction.wrong(e))
        .setExecutionExceptionHandler((e, line, parsed) -> junction.failed(e));
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, stream.charset());
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say what to run: demo or dev.");
  }

  private int wrong(ParameterException e) {
    console.complain(String.valueOf(e.getMessage()));
    console.complain("See " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
    return WRONG_OPTIONS;
  }

  private int failed(Exception e) {
    if (e instanceof Refusal refusal) {
      console.complain(refusal.sentence());
    } else {
      LoggerFactory.getLogger(Junction.class).error("this is a bug", e);
      console.complain("Junction failed, which is a bug: " + e);
      console.complain("Details are in the data folder's junction.log");
    }
    return stop.askedBy() == Stop.By.USER ? INTERRUPTED : FAILED;
  }

  /** Gives the commands what the process has. */
  private record Making(Console console, Stop stop) implements CommandLine.IFactory {
    @Override
    public <K> K create(Class<K> type) throws Exception {
      if (type == DevCommand.class) {
        return type.cast(new DevCommand(console, stop));
      }
      if (type == DemoCommand.class) {
        return type.cast(new DemoCommand(console, stop));
      }
      return CommandLine.defaultFactory().create(type);
    }
  }
}
