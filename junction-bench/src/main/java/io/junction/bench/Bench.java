package io.junction.bench;

import io.junction.bench.house.House;
import io.junction.bench.house.Jars;
import io.junction.bench.house.Refusal;
import io.junction.bench.report.Progress;
import io.junction.bench.report.Result;
import io.junction.bench.report.Table;
import io.junction.bench.scenario.Scenarios;
import io.junction.bench.stage.Scenario;
import io.junction.bench.stage.Size;
import io.junction.bench.stage.Stage;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command line of {@code ./junction bench}. */
@Command(
    name = "./junction bench",
    mixinStandardHelpOptions = true,
    description = {
      "Measures Junction on this machine, and what bounds it in the same run.",
      "",
      "Starts a Postgres (fsync on), an API and a dispatcher of its own, drives them over HTTP,"
          + " prints a table and writes a JSON file. Look at the ratios: absolute figures differ"
          + " from machine to machine. The whole takes about 40 minutes; nothing else should run."
    },
    footer = {
      "",
      "Exit codes: 0 all was measured, 1 a measurement failed, 2 wrong options.",
      "docs/performance.md explains the scenarios and the figures."
    })
public final class Bench implements Callable<Integer> {

  private static final int FAILED = 1;

  /** For the daemons of a brief run, which end before they could get fast. */
  private static final String SOON_UP = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli
  private CommandLine.Model.CommandSpec spec;

  @Parameters(paramLabel = "scenario", description = "What to measure; all when none is named.")
  private List<String> names = new ArrayList<>();

  @Option(names = "--list", description = "Say which scenarios there are.")
  private boolean list;

  @Option(
      names = "--brief",
      description = "One short iteration each, to see that it works; the figures say nothing.")
  private boolean brief;

  @Option(
      names = "--statements",
      description = "After each scenario, say which statements took the server's time.")
  private boolean statements;

  @Option(
      names = "--root",
      paramLabel = "<clone>",
      description = "The built clone whose API and dispatcher are measured. Default: this one.")
  private Path root = Path.of(System.getProperty("junction.root", "."));

  @Option(
      names = "--data",
      paramLabel = "<folder>",
      description = "Where its Postgres and its results go. Default: .junction/bench")
  private Path data = Path.of(System.getProperty("junction.root", "."), ".junction", "bench");

  private final PrintStream out;
  private final PrintStream err;

  private Bench(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  static void main(String... arguments) {
    System.exit(run(System.out, System.err, arguments));
  }

  /** Runs it to its end; the exit code. */
  static int run(PrintStream out, PrintStream err, String... arguments) {
    return new CommandLine(new Bench(out, err))
        .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
        .execute(arguments);
  }

  @Override
  public Integer call() {
    if (list) {
      Scenarios.all().forEach(s -> out.printf("%-12s %s%n", s.name(), s.summary()));
      return 0;
    }
    var chosen = chosen();
    try {
      return measure(chosen);
    } catch (Refusal e) {
      err.println(e.sentence());
      return FAILED;
    }
  }

  private List<Scenario> chosen() {
    var all = Scenarios.all();
    for (var name : names) {
      if (all.stream().noneMatch(scenario -> scenario.name().equals(name))) {
        throw new ParameterException(
            spec.commandLine(),
            "There is no scenario \"%s\". There are %s."
                .formatted(name, String.join(", ", all.stream().map(Scenario::name).toList())));
      }
    }
    return all.stream().filter(s -> names.isEmpty() || names.contains(s.name())).toList();
  }

  private int measure(List<Scenario> scenarios) {
    var folder = fresh();
    var progress = new Progress(out);
    progress.say("Postgres, with its files and all logs in " + folder);
    try (var house = House.open(Jars.of(root), folder, brief ? SOON_UP : "")) {
      progress.say("API and dispatcher");
      house.dispatcher();
      house.api();
      var stage = new Stage(house, brief ? Size.BRIEF : Size.FULL, progress);
      int failed = 0;
      for (var scenario : scenarios) {
        stage.meter().forgetStatements();
        failed += run(scenario, stage) ? 0 : 1;
        if (statements) {
          stage.meter().statements().forEach(line -> out.println("           " + line));
        }
      }
      report(stage.results(), house);
      return failed == 0 ? 0 : FAILED;
    }
  }

  /** One that fails says so and is left; the others still have something to say. */
  private static boolean run(Scenario scenario, Stage stage) {
    stage.say(scenario.name() + ": " + scenario.summary());
    try {
      scenario.run(stage);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal("Interrupted.", e);
    } catch (Refusal e) {
      stage.say("FAILED, " + scenario.name() + ": " + e.sentence());
    } catch (Exception e) {
      stage.say("FAILED, " + scenario.name() + ": " + e);
    }
    return false;
  }

  private void report(List<Result> results, House house) {
    out.println();
    Table.lines(results).forEach(out::println);
    var file = data.resolve(brief ? "brief.json" : "results.json").toAbsolutePath().normalize();
    Machine.report(house, root, brief, results).write(file);
    out.println();
    out.println("The same as JSON: " + file);
  }

  private Path fresh() {
    try {
      Files.createDirectories(data);
      return Files.createTempDirectory(data, "run-").toAbsolutePath();
    } catch (IOException e) {
      throw new Refusal("The bench cannot write in " + data + ": " + e, e);
    }
  }
}
