package io.junction.worker.executor.bash;

import io.junction.worker.executor.BadConfig;
import io.junction.worker.executor.Config;
import io.junction.worker.executor.Ending;
import io.junction.worker.executor.Execution;
import io.junction.worker.executor.Executor;
import io.junction.worker.executor.Run;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Runs a command: text by {@code bash -c}, an array as it is.
 *
 * <p>The environment is the worker's own without its token, then the config's {@code environment},
 * then {@code JUNCTION_JOB_ID}, {@code JUNCTION_ASSIGNMENT_ID}, {@code JUNCTION_ATTEMPT} and {@code
 * JUNCTION_QUEUE}, which nobody overrides. The folder is the run's own. Standard input is empty.
 */
public final class BashExecutor implements Executor {
  private final Path workDir;
  private final Map<String, String> inherited;
  private final int outputLimit;

  /**
   * Commands in folders below {@code workDir}.
   *
   * @param inherited the environment that every command starts with
   * @param outputLimit how many bytes of stdout and of stderr are kept, the last ones
   */
  public BashExecutor(Path workDir, Map<String, String> inherited, int outputLimit) {
    this.workDir = workDir;
    this.inherited = Map.copyOf(inherited);
    this.outputLimit = outputLimit;
  }

  @Override
  public Execution start(Run run, Config config) throws BadConfig {
    List<String> command = command(config);
    Map<String, String> environment = environment(config);
    Workspace workspace;
    try {
      workspace = Workspace.create(workDir, run.assignment());
    } catch (IOException e) {
      return Execution.unstarted(Ending.errored("the working folder cannot be made: " + e));
    }
    try {
      return new BashExecution(
          run, start(run, command, environment, workspace), workspace, outputLimit);
    } catch (IOException e) {
      workspace.remove();
      return Execution.unstarted(Ending.errored("command: cannot be started: " + e.getMessage()));
    }
  }

  private Process start(
      Run run, List<String> command, Map<String, String> environment, Workspace workspace)
      throws IOException {
    var builder =
        new ProcessBuilder(Leash.around(command, run, workspace.unstartedMark()))
            .directory(workspace.folder().toFile());
    if (Leash.SETSID.isEmpty()) {
      builder.redirectInput(new File("/dev/null"));
    }
    var target = builder.environment();
    target.clear();
    target.putAll(inherited);
    target.putAll(environment);
    target.put("PWD", workspace.folder().toString());
    target.put("JUNCTION_JOB_ID", Long.toString(run.job()));
    target.put("JUNCTION_ASSIGNMENT_ID", run.assignment().toString());
    target.put("JUNCTION_ATTEMPT", Integer.toString(run.attempt()));
    target.put("JUNCTION_QUEUE", run.queue());
    return builder.start();
  }

  private static List<String> command(Config config) throws BadConfig {
    JsonNode command = config.get("command");
    if (command == null) {
      throw new BadConfig("command", "is missing");
    }
    if (command.isString()) {
      return List.of(Leash.BASH, "-c", Config.text("command", command));
    }
    if (!command.isArray()) {
      throw new BadConfig(
          "command", "must be text or an array of text, not " + Config.kind(command));
    }
    if (command.isEmpty()) {
      throw new BadConfig("command", "is an empty array");
    }
    return Config.texts("command", command);
  }

  private static Map<String, String> environment(Config config) throws BadConfig {
    Map<String, String> environment = config.map("environment");
    for (String name : environment.keySet()) {
      if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
        throw new BadConfig("environment", "'" + name + "' cannot be the name of a variable");
      }
    }
    return environment;
  }
}
