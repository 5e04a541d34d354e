package io.junction.dispatcher.notify.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.apache.hc.core5.ssl.SSLContexts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardedHttpHttpTest {

  private static final Duration LONG = Duration.ofSeconds(10);
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final CheckedAddresses ANY = new CheckedAddresses(true, InetAddress::getAllByName);
  private static final CheckedAddresses PUBLIC =
      new CheckedAddresses(false, InetAddress::getAllByName);

  @Test
  void a_request_arrives_with_its_headers_and_its_answer_comes_back() throws IOException {
    try (var target = new FakeTarget();
        var http = client(ANY, LONG)) {
      target.answer(request -> new FakeTarget.Response(202, Map.of("Retry-After", "7"), "thanks"));
      var call = new HttpCall("POST", target.url("/in?a=b%20c"), Map.of("X-One", "1"), "{}");
      var reply = (Reply.Answered) http.send(call);

      assertThat(reply.status()).isEqualTo(202);
      assertThat(reply.header("Retry-After")).isEqualTo("7");
      assertThat(reply.body()).isEqualTo("thanks");
      var request = target.seen().getFirst();
      assertThat(request.method()).isEqualTo("POST");
      assertThat(request.uri()).isEqualTo("/in?a=b%20c");
      assertThat(request.body()).isEqualTo("{}");
      assertThat(request.headers())
          .containsEntry("x-one", "1")
          .containsEntry("user-agent", "Junction");
    }
  }

  @Test
  void a_redirect_is_an_answer_and_not_a_way() throws IOException {
    try (var target = new FakeTarget();
        var http = client(ANY, LONG)) {
      target.answer(request -> new FakeTarget.Response(307, Map.of("Location", "/b"), ""));
      assertThat(http.send(get(target.url("/a"))))
          .isInstanceOfSatisfying(
              Reply.Answered.class, reply -> assertThat(reply.status()).isEqualTo(307));
      assertThat(target.seen()).extracting(FakeTarget.Request::uri).containsExactly("/a");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "[::1]", "127.0.0.2", "[::ffff:127.0.0.1]"})
  void a_host_that_leads_into_the_house_is_not_connected_to(String host) throws IOException {
    try (var target = new FakeTarget();
        var http = client(PUBLIC, LONG)) {
      assertThat(http.send(get("http://" + host + ":" + target.port() + "/")))
          .isInstanceOfSatisfying(
              Reply.Forbidden.class,
              reply -> assertThat(reply.reason()).contains("not public", "allow-private-targets"));
      assertThat(target.seen()).isEmpty();
    }
  }

  @Test
  void a_host_that_leads_both_out_and_in_is_not_connected_to() throws IOException {
    var both =
        new CheckedAddresses(
            false,
            host ->
                new InetAddress[] {
                  InetAddress.ofLiteral("8.8.8.8"), InetAddress.getLoopbackAddress()
                });
    try (var http = client(both, LONG)) {
      assertThat(http.send(get("http://both.test/"))).isInstanceOf(Reply.Forbidden.class);
    }
  }

  /** Who changes what a name says between the check and the connection finds nobody asking. */
  @Test
  void the_address_that_was_checked_is_the_one_that_is_connected_to() throws IOException {
    var asked = new AtomicInteger();
    var first = InetAddress.getLoopbackAddress();
    var later = InetAddress.ofLiteral("127.9.9.9");
    var rebinding =
        new CheckedAddresses(
            true, host -> new InetAddress[] {asked.getAndIncrement() == 0 ? first : later});
    try (var target = new FakeTarget();
        var http = client(rebinding, LONG)) {
      var reply = http.send(get("http://rebinding.test:" + target.port() + "/"));
      assertThat(reply).isInstanceOf(Reply.Answered.class);
      assertThat(target.seen()).hasSize(1);
      assertThat(asked).hasValue(1);
    }
  }

  @Test
  void each_request_is_checked_anew() throws IOException {
    var asked = new AtomicInteger();
    var counting =
        new CheckedAddresses(
            true,
            host -> {
              asked.incrementAndGet();
              return InetAddress.getAllByName(host);
            });
    try (var target = new FakeTarget();
        var http = client(counting, LONG)) {
      http.send(get(target.url("/")));
      http.send(get(target.url("/")));
      assertThat(asked).hasValue(2);
    }
  }

  @Test
  void a_target_that_never_answers_is_left_in_time() throws IOException {
    try (var target = new RawTarget(socket -> {});
        var http = client(ANY, SHORT)) {
      assertThat(words(http.send(get("http://127.0.0.1:" + target.port())))).contains("300 ms");
    }
  }

  @Test
  void a_target_that_answers_a_byte_at_a_time_is_left_in_time() throws IOException {
    var dripping = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nx";
    try (var target = new RawTarget(socket -> write(socket, dripping));
        var http = client(ANY, SHORT)) {
      assertThat(words(http.send(get("http://127.0.0.1:" + target.port())))).contains("300 ms");
    }
  }

  @Test
  void of_a_body_that_never_ends_the_beginning_is_read() throws IOException {
    try (var target = new RawTarget(GuardedHttpHttpTest::writeForever);
        var http = client(ANY, LONG)) {
      assertThat(http.send(get("http://127.0.0.1:" + target.port())))
          .isInstanceOfSatisfying(
              Reply.Answered.class,
              reply -> {
                assertThat(reply.status()).isEqualTo(200);
                assertThat(reply.body()).hasSize(64 * 1_024);
              });
    }
  }

  @Test
  void a_refused_connection_and_a_closed_one_are_told_in_words() throws IOException {
    int free;
    try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = closed.getLocalPort();
    }
    try (var target = new RawTarget(Socket::close);
        var http = client(ANY, LONG)) {
      assertThat(words(http.send(get("http://127.0.0.1:" + free + "/s3cret"))))
          .isEqualTo("the connection was refused");
      assertThat(words(http.send(get("http://127.0.0.1:" + target.port() + "/s3cret"))))
          .contains("connection")
          .doesNotContain("s3cret");
    }
  }

  @Test
  void a_name_that_nobody_has_is_told_in_words() {
    var nobody =
        new CheckedAddresses(
            true,
            host -> {
              throw new UnknownHostException(host);
            });
    try (var http = client(nobody, LONG)) {
      assertThat(words(http.send(get("http://s3cret.test/"))))
          .isEqualTo("the host's name leads nowhere");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://127.0.0.1/",
        "file:///etc/passwd",
        "/x",
        "http:///x",
        "http://127.1/",
        "http://a b/",
        "http://user:word@127.0.0.1/"
      })
  void what_is_no_web_address_is_not_tried(String url) {
    try (var http = client(ANY, LONG)) {
      assertThat(http.send(get(url))).isInstanceOf(Reply.Forbidden.class);
    }
  }

  @Test
  void tls_is_verified_by_whom_it_trusts_and_by_the_hosts_name(@TempDir Path folder)
      throws Exception {
    var right = new Certificate(folder, "ip:127.0.0.1");
    var other = new Certificate(folder, "dns:example.org");
    try (var target = new FakeTarget(right.context());
        var impostor = new FakeTarget(other.context());
        var trusting = new GuardedHttp(ANY, LONG, right.context());
        var trustingOther = new GuardedHttp(ANY, LONG, other.context());
        var ordinary = client(ANY, LONG)) {
      assertThat(trusting.send(get(target.url("/")))).isInstanceOf(Reply.Answered.class);
      assertThat(words(ordinary.send(get(target.url("/"))))).startsWith("TLS failed");
      assertThat(words(trustingOther.send(get(impostor.url("/"))))).startsWith("TLS failed");
      assertThat(impostor.seen()).isEmpty();
    }
  }

  @Test
  void no_proxy_comes_between() throws IOException {
    var before = System.getProperty("http.proxyHost");
    System.setProperty("http.proxyHost", "proxy.invalid");
    try (var target = new FakeTarget();
        var http = client(ANY, LONG)) {
      assertThat(http.send(get(target.url("/")))).isInstanceOf(Reply.Answered.class);
    } finally {
      if (before == null) {
        System.clearProperty("http.proxyHost");
      } else {
        System.setProperty("http.proxyHost", before);
      }
    }
  }

  private static GuardedHttp client(CheckedAddresses addresses, Duration timeout) {
    SSLContext ordinary = SSLContexts.createSystemDefault();
    return new GuardedHttp(addresses, timeout, ordinary);
  }

  private static HttpCall get(String url) {
    return new HttpCall("GET", url, Map.of(), null);
  }

  private static String words(Reply reply) {
    return ((Reply.Unreached) reply).reason();
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static void writeForever(Socket socket) throws IOException {
    write(socket, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    var chunk = "1000\r\n" + "x".repeat(0x1000) + "\r\n";
    for (int i = 0; i < 100_000; i++) {
      write(socket, chunk);
    }
  }
}
