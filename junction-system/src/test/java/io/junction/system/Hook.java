package io.junction.system;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A webhook's target on loopback, which remembers the id of each message that it has taken. */
final class Hook implements AutoCloseable {

  private static final String PREFIX = "msg_";

  private final List<String> ids = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  Hook() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    } catch (IOException failure) {
      throw new UncheckedIOException("no free port", failure);
    }
    server.createContext("/", this::take);
    server.setExecutor(threads);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
  }

  /** Of the deliveries, in the order in which they came, with repetitions. */
  List<String> ids() {
    return List.copyOf(ids);
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      var id = String.valueOf(exchange.getRequestHeaders().getFirst("webhook-id"));
      ids.add(id.startsWith(PREFIX) ? id.substring(PREFIX.length()) : id);
      exchange.sendResponseHeaders(204, -1);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
