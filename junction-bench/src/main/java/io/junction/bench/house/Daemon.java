package io.junction.bench.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** An API or a dispatcher, as a process of its own. */
public final class Daemon implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration LOOK = Duration.ofMillis(100);

  private final String name;
  private final Process process;
  private final int port;
  private final Path log;

  private Daemon(String name, Process process, int port, Path log) {
    this.name = name;
    this.process = process;
    this.port = port;
    this.log = log;
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
  }

  /** Starts it and waits until it is ready; {@code portVariable} tells it where to listen. */
  static Daemon start(
      String name,
      List<String> java,
      Map<String, String> settings,
      String portVariable,
      Path folder) {
    var log = folder.resolve(name + ".log");
    int port = freePort();
    var command = new ArrayList<>(java);
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(Redirect.appendTo(log.toFile()));
    var environment = builder.environment();
    environment.keySet().removeIf(key -> key.startsWith("JUNCTION_") || key.startsWith("SPRING_"));
    environment.putAll(settings);
    environment.put(portVariable, Integer.toString(port));
    try {
      var daemon = new Daemon(name, builder.start(), port, log);
      daemon.awaitReady();
      return daemon;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + name, e);
    }
  }

  public String host() {
    return "127.0.0.1";
  }

  public int port() {
    return port;
  }

  public ProcessHandle process() {
    return process.toHandle();
  }

  private void awaitReady() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try (var http = HttpClient.newHttpClient()) {
      while (!isReady(http)) {
        if (process.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
          throw new Refusal("The " + name + " ended at its start; its log is " + log);
        }
        if (System.nanoTime() - deadline > 0) {
          throw new Refusal("The " + name + " does not get ready; its log is " + log);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal("Interrupted.", e);
    }
  }

  private boolean isReady(HttpClient http) throws InterruptedException {
    var request =
        HttpRequest.newBuilder(
                URI.create("http://" + host() + ":" + port + "/actuator/health/readiness"))
            .timeout(Duration.ofSeconds(5))
            .build();
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("no free port", e);
    }
  }

  /** In good order, and if that takes too long, at once. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(15, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
