package io.junction.dispatcher.notify.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/** A web server on loopback that keeps what it is sent and answers what a test wants. */
public final class FakeTarget implements AutoCloseable {

  /**
   * What it was sent.
   *
   * @param headers by their names in small letters
   */
  public record Request(String method, String uri, Map<String, String> headers, String body) {

    /** As it was on the wire, but for what only the way there decides. */
    public String text() {
      var text = new StringBuilder(method + " " + uri + " HTTP/1.1\n");
      headers.forEach(
          (name, value) -> {
            if (!name.equals("host") && !name.equals("content-length")) {
              text.append(name).append(": ").append(value).append('\n');
            }
          });
      return text.append('\n').append(body).append(body.isEmpty() ? "" : "\n").toString();
    }
  }

  /** What it answers. */
  public record Response(int status, Map<String, String> headers, String body) {

    public static Response of(int status) {
      return new Response(status, Map.of(), "");
    }
  }

  private final List<Request> seen = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private final String scheme;
  private volatile Function<Request, Response> answers = request -> Response.of(200);

  public FakeTarget() throws IOException {
    this(HttpServer.create(loopback(), 0), "http");
  }

  public FakeTarget(SSLContext tls) throws IOException {
    this(secured(tls), "https");
  }

  private FakeTarget(HttpServer server, String scheme) {
    this.server = server;
    this.scheme = scheme;
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  private static HttpServer secured(SSLContext tls) throws IOException {
    var server = HttpsServer.create(loopback(), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    return server;
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    var headers = new TreeMap<String, String>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    var uri = exchange.getRequestURI().toString();
    var request = new Request(exchange.getRequestMethod(), uri, headers, body);
    seen.add(request);
    var response = answers.apply(request);
    response.headers().forEach(exchange.getResponseHeaders()::set);
    byte[] bytes = response.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(response.status(), bytes.length == 0 ? -1 : bytes.length);
    try (var out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  public void answer(Function<Request, Response> answers) {
    this.answers = answers;
  }

  public String url(String path) {
    return scheme + "://127.0.0.1:" + port() + path;
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public List<Request> seen() {
    return List.copyOf(seen);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
