package io.junction.dispatcher.notify.irc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.junction.common.subscription.BuildNews;
import io.junction.common.subscription.Target;
import io.junction.dispatcher.notify.Answer;
import io.junction.dispatcher.notify.http.Certificate;
import io.junction.dispatcher.notify.http.CheckedAddresses;
import io.junction.dispatcher.notify.http.RawTarget;
import io.junction.dispatcher.notify.text.Samples;
import io.junction.dispatcher.notify.text.Transcript;
import io.netty.handler.ssl.util.TrustManagerFactoryWrapper;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IrcSenderHttpTest {

  private static final Duration LONG = Duration.ofSeconds(10);
  private static final CheckedAddresses ANY = new CheckedAddresses(true, InetAddress::getAllByName);

  private final IrcSender sender = new IrcSender(ANY, LONG, null);

  @Test
  void a_message_is_said_in_each_channel_as_the_transcript_shows() throws Exception {
    try (var irc = new FakeIrc(FakeIrc.Manners.OPEN)) {
      var answer = sender.send(Samples.message(to(irc, "#builds", "#ops"), Samples.failed()));
      assertThat(answer).isEqualTo(new Answer.Delivered("said in 2 of 2 channels"));
      Transcript.compare("irc", String.join("\n", irc.heard()) + "\n");
    }
  }

  @Test
  void a_key_opens_a_channel_and_a_password_the_server() throws Exception {
    var manners = new FakeIrc.Manners("pass:word", Set.of(), Set.of("#closed"));
    try (var irc = new FakeIrc(manners)) {
      var target = target(irc.port(), List.of("#closed"), "pass:word", FakeIrc.KEY, false, false);
      assertThat(send(target)).isInstanceOf(Answer.Delivered.class);
      assertThat(irc.heard()).contains("JOIN #closed " + FakeIrc.KEY);
    }
  }

  @Test
  void who_is_not_let_in_says_why() throws Exception {
    try (var irc = new FakeIrc(new FakeIrc.Manners("other", Set.of(), Set.of()))) {
      var target = target(irc.port(), List.of("#builds"), "pass:word", null, false, false);
      assertThat(send(target))
          .isEqualTo(new Answer.Failed("the server does not take the password (464)", null));
    }
  }

  @Test
  void of_two_channels_the_open_one_hears_it() throws Exception {
    try (var irc = new FakeIrc(new FakeIrc.Manners(null, Set.of(), Set.of("#closed")))) {
      var answer = sender.send(Samples.message(to(irc, "#builds", "#closed"), Samples.passed()));
      assertThat(answer)
          .isInstanceOfSatisfying(
              Answer.Delivered.class,
              delivered -> assertThat(delivered.detail()).contains("said in 1 of 2 channels"));
    }
  }

  @Test
  void where_nobody_lets_it_speak_it_failed() throws Exception {
    try (var irc = new FakeIrc(new FakeIrc.Manners(null, Set.of(), Set.of("#closed")))) {
      assertThat(send(to(irc, "#closed")))
          .isInstanceOfSatisfying(
              Answer.Failed.class,
              failed -> assertThat(failed.reason()).contains("lets nobody speak there"));
    }
  }

  @Test
  void a_server_that_takes_notices_from_outside_is_not_joined() throws Exception {
    try (var irc = new FakeIrc(FakeIrc.Manners.OPEN)) {
      assertThat(send(target(irc.port(), List.of("#builds"), null, null, true, true)))
          .isInstanceOf(Answer.Delivered.class);
      assertThat(irc.heard())
          .noneMatch(line -> line.startsWith("JOIN") || line.startsWith("PRIVMSG"))
          .anyMatch(line -> line.startsWith("NOTICE #builds :svenfuchs/minimal#12"));
    }
  }

  @Test
  void a_nick_that_is_taken_is_changed() throws Exception {
    try (var irc = new FakeIrc(new FakeIrc.Manners(null, Set.of("junction"), Set.of()))) {
      assertThat(send(to(irc, "#builds"))).isInstanceOf(Answer.Delivered.class);
    }
  }

  @Test
  void nothing_of_a_build_is_a_command() throws Exception {
    var hostile = "main\r\nQUIT :gone\u0000\u0001\u0003\u2028JOIN #all";
    try (var irc = new FakeIrc(FakeIrc.Manners.OPEN)) {
      var answer = sender.send(Samples.message(to(irc, "#builds"), Samples.saying(hostile)));
      assertThat(answer).isInstanceOf(Answer.Delivered.class);
      assertThat(irc.heard())
          .filteredOn(line -> line.startsWith("QUIT") || line.startsWith("JOIN"))
          .containsExactly("JOIN #builds", "QUIT :Junction");
    }
  }

  @Test
  void a_word_of_the_subscription_that_would_be_a_command_is_refused() throws Exception {
    try (var irc = new FakeIrc(FakeIrc.Manners.OPEN)) {
      assertThat(send(to(irc, "#a\r\nQUIT"))).isInstanceOf(Answer.Refused.class);
      assertThat(send(to(irc, "#a,#b"))).isInstanceOf(Answer.Refused.class);
      assertThat(send(to(irc))).isInstanceOf(Answer.Refused.class);
      assertThat(send(target(irc.port(), List.of("#a"), "x\r\nQUIT", null, false, false)))
          .isInstanceOf(Answer.Refused.class);
      assertThat(irc.visited()).isFalse();
    }
  }

  @Test
  void a_server_in_the_house_is_not_visited() throws Exception {
    var guarded = new IrcSender(new CheckedAddresses(false, InetAddress::getAllByName), LONG, null);
    try (var irc = new FakeIrc(FakeIrc.Manners.OPEN)) {
      assertThat(guarded.send(Samples.message(to(irc, "#builds"), Samples.passed())))
          .isInstanceOfSatisfying(
              Answer.Refused.class, refused -> assertThat(refused.reason()).contains("not public"));
      assertThat(irc.visited()).isFalse();
    }
  }

  /** The name leads nowhere but in the one lookup, so the library did not make one of its own. */
  @Test
  void the_address_that_was_checked_is_the_one_that_is_connected_to() throws Exception {
    var asked = new AtomicInteger();
    var once =
        new CheckedAddresses(
            true,
            host -> {
              assertThat(asked.incrementAndGet()).isEqualTo(1);
              return new InetAddress[] {InetAddress.getLoopbackAddress()};
            });
    try (var irc = new FakeIrc(FakeIrc.Manners.OPEN)) {
      var target = at("irc.invalid", irc.port(), false);
      assertThat(new IrcSender(once, LONG, null).send(Samples.message(target, Samples.passed())))
          .isInstanceOf(Answer.Delivered.class);
    }
  }

  @Test
  void tls_is_verified_by_whom_it_trusts_and_by_the_hosts_name(@TempDir Path folder)
      throws Exception {
    var right = new Certificate(folder, "ip:127.0.0.1");
    var other = new Certificate(folder, "dns:example.org");
    assertThat(secured(right, right)).isInstanceOf(Answer.Delivered.class);
    assertThat(((Answer.Failed) secured(right, null)).reason()).startsWith("TLS failed");
    assertThat(((Answer.Failed) secured(other, other)).reason()).startsWith("TLS failed");
  }

  private static Answer secured(Certificate shown, @Nullable Certificate trusted) throws Exception {
    var socket =
        shown
            .context()
            .getServerSocketFactory()
            .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    var trust = trusted == null ? null : new TrustManagerFactoryWrapper(trusted.trusted());
    try (var irc = new FakeIrc(socket, FakeIrc.Manners.OPEN)) {
      return new IrcSender(ANY, LONG, trust)
          .send(Samples.message(at("127.0.0.1", irc.port(), true), Samples.passed()));
    }
  }

  @Test
  void a_server_that_says_nothing_is_left_in_time() throws Exception {
    try (var silent = new RawTarget(socket -> {})) {
      var impatient = new IrcSender(ANY, Duration.ofMillis(150), null);
      var target = at("127.0.0.1", silent.port(), false);
      assertThat(impatient.send(Samples.message(target, Samples.passed())))
          .isEqualTo(new Answer.Failed("the server was not through with it in time", null));
    }
  }

  @Test
  void a_server_that_never_stops_talking_is_left_in_time() throws Exception {
    try (var talking =
        new RawTarget(
            socket -> {
              var line = ":irc.test NOTICE * :hello hello hello\r\n".repeat(100).getBytes(UTF_8);
              for (int i = 0; i < 100_000; i++) {
                socket.getOutputStream().write(line);
              }
            })) {
      var impatient = new IrcSender(ANY, Duration.ofMillis(150), null);
      var target = at("127.0.0.1", talking.port(), false);
      assertThat(impatient.send(Samples.message(target, Samples.passed())))
          .isInstanceOf(Answer.Failed.class);
    }
  }

  @Test
  void a_server_that_is_not_there_is_told_in_words() throws Exception {
    int free;
    try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = closed.getLocalPort();
    }
    assertThat(send(at("127.0.0.1", free, false)))
        .isEqualTo(new Answer.Failed("the connection was refused", null));
  }

  @Test
  void no_visit_leaves_a_thread_behind() throws Exception {
    try (var irc = new FakeIrc(FakeIrc.Manners.OPEN);
        var silent = new RawTarget(socket -> {});
        var closing = new RawTarget(Socket::close)) {
      var impatient = new IrcSender(ANY, Duration.ofMillis(150), null);
      for (int i = 0; i < 5; i++) {
        send(to(irc, "#builds"));
        impatient.send(Samples.message(at("127.0.0.1", silent.port(), false), Samples.passed()));
        impatient.send(Samples.message(at("127.0.0.1", closing.port(), false), Samples.passed()));
      }
    }
    await().untilAsserted(() -> assertThat(threadsOfVisits()).isEmpty());
  }

  private static List<String> threadsOfVisits() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.matches("(?i).*(kicl|kitteh|msgdispatcher|nioeventloop).*"))
        .toList();
  }

  private Answer send(Target target) {
    BuildNews news = Samples.passed();
    return sender.send(Samples.message(target, news));
  }

  private static Target.Irc to(FakeIrc irc, String... channels) {
    return target(irc.port(), List.of(channels), null, null, false, false);
  }

  private static Target.Irc at(String server, int port, boolean tls) {
    return new Target.Irc(
        server, port, tls, List.of("#builds"), "junction", false, false, null, null, List.of());
  }

  private static Target.Irc target(
      int port,
      List<String> channels,
      @Nullable String password,
      @Nullable String key,
      boolean notice,
      boolean skipJoin) {
    return new Target.Irc(
        "127.0.0.1", port, false, channels, "junction", notice, skipJoin, password, key, List.of());
  }
}
