package io.junction.worker;

import io.junction.worker.agent.Agent;
import io.junction.worker.agent.End;
import io.junction.worker.agent.WorkerOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The worker's command line. Exit codes: 0 retired or stopped, 1 refused by Junction or failed, 2
 * wrong options.
 */
@Command(
    name = "junction-worker",
    mixinStandardHelpOptions = true,
    versionProvider = JunctionWorker.Version.class,
    sortOptions = false,
    description = "Runs the jobs of one queue of Junction.",
    footer = {
      "",
      "Each option can be given by the environment variable that stands with it.",
      "SIGTERM and SIGINT drain: no new work, what runs may end within the drain timeout.",
      "A second one ends at once."
    })
public final class JunctionWorker implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli
  private CommandSpec spec;

  @Option(
      names = "--url",
      required = true,
      split = ",",
      defaultValue = "${env:JUNCTION_URL}",
      paramLabel = "URL",
      description =
          "Base address of Junction's API, or several with commas between them: the next "
              + "one is used when one fails. JUNCTION_URL")
  private List<URI> urls = List.of();

  @Option(
      names = "--token",
      required = true,
      defaultValue = "${env:JUNCTION_WORKER_TOKEN}",
      paramLabel = "TOKEN",
      description =
          "A token of the role worker. Prefer JUNCTION_WORKER_TOKEN: a command line can "
              + "be read by everybody on the machine")
  private String token = "";

  @Option(
      names = "--queue",
      required = true,
      defaultValue = "${env:JUNCTION_QUEUE}",
      paramLabel = "QUEUE",
      description = "The queue whose jobs it runs. JUNCTION_QUEUE")
  private String queue = "";

  @Option(
      names = "--slots",
      defaultValue = "${env:JUNCTION_WORKER_SLOTS}",
      paramLabel = "N",
      description =
          "How many jobs it runs at a time, 1 to 10,000; default: the number of "
              + "processors. JUNCTION_WORKER_SLOTS")
  private @Nullable Integer slots;

  @Option(
      names = "--name",
      defaultValue = "${env:JUNCTION_WORKER_NAME}",
      paramLabel = "NAME",
      description = "What operators see; default: the host's name. JUNCTION_WORKER_NAME")
  private @Nullable String name;

  @Option(
      names = "--attribute",
      paramLabel = "KEY=VALUE",
      description =
          "What operators see as well; may be repeated. JUNCTION_WORKER_ATTRIBUTES, with "
              + "commas between them")
  private List<String> attributes = new ArrayList<>();

  @Option(
      names = "--drain-timeout",
      defaultValue = "${env:JUNCTION_WORKER_DRAIN_TIMEOUT:-5m}",
      paramLabel = "DURATION",
      description =
          "How long a shutdown waits for what runs, like 90s, 5m or 1h; default: 5m. "
              + "JUNCTION_WORKER_DRAIN_TIMEOUT")
  private Duration drainTimeout = WorkerOptions.DEFAULT_DRAIN;

  @Option(
      names = "--work-dir",
      defaultValue = "${env:JUNCTION_WORKER_WORK_DIR}",
      paramLabel = "FOLDER",
      description =
          "Each job gets a folder of its own in it, removed afterwards; default: "
              + "junction-worker in the temporary folder. JUNCTION_WORKER_WORK_DIR")
  private @Nullable Path workDir;

  @Option(
      names = "--output-limit",
      defaultValue = "${env:JUNCTION_WORKER_OUTPUT_LIMIT}",
      paramLabel = "BYTES",
      description =
          "How many bytes of stdout and of stderr are kept: the last ones, 0 to 32,768; "
              + "default: 24,576. JUNCTION_WORKER_OUTPUT_LIMIT")
  private @Nullable Integer outputLimit;

  private final Map<String, String> environment;

  JunctionWorker(Map<String, String> environment) {
    this.environment = environment;
  }

  public static void main(String[] arguments) {
    // Before the first logger, and by a name of its own: a Spring Boot application on the same
    // class path has another.
    if (System.getProperty("logback.configurationFile") == null) {
      System.setProperty("logback.configurationFile", "junction-worker-logback.xml");
    }
    System.exit(commandLine(new JunctionWorker(System.getenv())).execute(arguments));
  }

  static CommandLine commandLine(JunctionWorker worker) {
    return new CommandLine(worker)
        .registerConverter(Duration.class, Durations::parse)
        .setUsageHelpAutoWidth(true);
  }

  @Override
  public Integer call() throws InterruptedException {
    var agent = Agent.start(options());
    Shutdown.drains(agent);
    End end = agent.awaitEnd();
    return end == End.RETIRED || end == End.STOPPED ? 0 : 1;
  }

  /** The options, or plain words and exit code 2. */
  WorkerOptions options() {
    try {
      return new WorkerOptions(
          urls,
          token,
          queue,
          slots == null ? Runtime.getRuntime().availableProcessors() : slots,
          name == null ? WorkerOptions.defaultName() : name,
          attributeMap(),
          WorkerOptions.ownVersion(),
          drainTimeout,
          workDir == null ? WorkerOptions.defaultWorkDir() : workDir,
          outputLimit == null ? WorkerOptions.DEFAULT_OUTPUT : outputLimit);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private Map<String, String> attributeMap() {
    var all = new ArrayList<String>();
    Pattern.compile(",")
        .splitAsStream(environment.getOrDefault("JUNCTION_WORKER_ATTRIBUTES", ""))
        .filter(pair -> !pair.isBlank())
        .map(String::strip)
        .forEach(all::add);
    all.addAll(attributes);
    var map = new LinkedHashMap<String, String>();
    for (String pair : all) {
      int at = pair.indexOf('=');
      if (at < 1) {
        throw new IllegalArgumentException("attribute '" + pair + "' must be like key=value");
      }
      map.put(pair.substring(0, at), pair.substring(at + 1));
    }
    return map;
  }

  /** What {@code --version} says. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"junction-worker " + WorkerOptions.ownVersion()};
    }
  }
}
