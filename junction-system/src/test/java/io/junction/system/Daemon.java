package io.junction.system;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An API's or a dispatcher's place in the cluster, on the same port after each restart. */
final class Daemon {

  private final String name;
  private final Program program;
  private final int port;
  private final Map<String, String> environment;
  private @Nullable Child child;

  /**
   * @param portVariable what tells it its port
   */
  Daemon(String name, Program program, String portVariable, Map<String, String> settings) {
    this.name = name;
    this.program = program;
    this.port = freePort();
    this.environment = new HashMap<>(settings);
    this.environment.put(portVariable, Integer.toString(port));
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  int port() {
    return port;
  }

  boolean isUp() {
    return child != null && child.isAlive();
  }

  /** Starts it unless it runs; {@link #awaitReady} waits for it. */
  void start() {
    if (!isUp()) {
      child = Child.start(name, program, environment, List.of());
    }
  }

  void awaitReady() {
    Pace.awaiting(name + " to be ready")
        .atMost(Pace.PATIENCE_AT_THE_START)
        .until(
            () -> {
              if (!isUp()) {
                throw new AssertionError(name + " has ended\n" + tail());
              }
              return isReady();
            });
  }

  /** {@code kill -9}. */
  void kill() {
    if (child != null) {
      child.kill();
    }
  }

  /** {@code SIGTERM}; returns its exit code. */
  int terminate() {
    if (child == null) {
      throw new IllegalStateException(name + " was never started");
    }
    child.signal("TERM");
    return child.awaitExit();
  }

  String tail() {
    return child == null ? "" : child.tail();
  }

  private boolean isReady() {
    try (var http = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create(url() + "/actuator/health/readiness"))
              .timeout(Duration.ofSeconds(5))
              .build();
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", interrupted);
    }
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException failure) {
      throw new IllegalStateException("no free port", failure);
    }
  }
}
