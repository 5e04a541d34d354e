package io.junction.standalone.demo;

import io.junction.standalone.console.Refusal;
import io.junction.standalone.folder.DataFolder;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A worker in a process of its own: what runs on another machine in production. */
final class WorkerProcess implements AutoCloseable {

  /** The class that Spring Boot's packaged jar starts; there only when that is what runs. */
  private static final String LAUNCHER =
      "org.springframework.boot.loader.launch.PropertiesLauncher";

  private static final long PATIENCE_S = 5;

  private final String name;
  private final Process process;

  private WorkerProcess(String name, Process process) {
    this.name = name;
    this.process = process;
  }

  static WorkerProcess start(String name, URI url, String token, DataFolder folder) {
    var command = new ArrayList<>(java());
    command.addAll(List.of("--queue", DemoJobs.DEPLOY, "--slots", "4", "--name", name));
    command.addAll(List.of("--drain-timeout", "1s"));
    command.addAll(List.of("--work-dir", folder.work().toString()));
    var log = Redirect.to(folder.file(name + ".log").toFile());
    var builder = new ProcessBuilder(command).redirectOutput(log).redirectError(log);
    var environment = builder.environment();
    environment.keySet().removeIf(variable -> variable.startsWith("JUNCTION_"));
    environment.put("JUNCTION_URL", url.toString());
    environment.put("JUNCTION_WORKER_TOKEN", token);
    try {
      return new WorkerProcess(name, builder.start());
    } catch (IOException e) {
      throw new Refusal("The worker " + name + " cannot be started: " + e, e);
    }
  }

  /** The same Java and the same classes as here. */
  private static List<String> java() {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var classPath = System.getProperty("java.class.path");
    var options = List.of(java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m");
    var line = new ArrayList<>(options);
    line.addAll(List.of("-cp", classPath));
    if (isPackaged()) {
      line.addAll(List.of("-Dloader.main=" + WorkerMain.class.getName(), LAUNCHER));
    } else {
      line.add(WorkerMain.class.getName());
    }
    return line;
  }

  private static boolean isPackaged() {
    return ClassLoader.getSystemResource(LAUNCHER.replace('.', '/') + ".class") != null;
  }

  String name() {
    return name;
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** As {@code kill -9}; returns when it is gone. */
  void kill() {
    process.destroyForcibly();
    if (!ended()) {
      throw new IllegalStateException("the worker " + name + " survives kill -9");
    }
  }

  private boolean ended() {
    try {
      return process.waitFor(PATIENCE_S, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** It drains, shortly; then it is killed. */
  @Override
  public void close() {
    process.destroy();
    if (!ended()) {
      process.destroyForcibly();
    }
  }
}
