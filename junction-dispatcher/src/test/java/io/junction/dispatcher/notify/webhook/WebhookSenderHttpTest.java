package io.junction.dispatcher.notify.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.common.subscription.Target;
import io.junction.dispatcher.notify.Answer;
import io.junction.dispatcher.notify.http.CheckedAddresses;
import io.junction.dispatcher.notify.http.FakeTarget;
import io.junction.dispatcher.notify.http.GuardedHttp;
import io.junction.dispatcher.notify.text.Samples;
import io.junction.dispatcher.notify.text.Transcript;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.hc.core5.ssl.SSLContexts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class WebhookSenderHttpTest {

  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String NEXT = "whsec_plJ3nmyCDGBKInavdOK15jsl";

  private final GuardedHttp http =
      new GuardedHttp(
          new CheckedAddresses(true, InetAddress::getAllByName),
          Duration.ofSeconds(10),
          SSLContexts.createSystemDefault());
  private Instant now = Instant.parse("2026-11-22T10:01:03.7Z");
  private final WebhookSender sender = new WebhookSender(http, () -> now);
  private FakeTarget target;

  @BeforeEach
  void start() throws IOException {
    target = new FakeTarget();
  }

  @AfterEach
  void stop() {
    target.close();
    http.close();
  }

  @Test
  void a_message_is_posted_as_the_transcript_shows() throws IOException {
    assertThat(send(SECRET, NEXT)).isEqualTo(new Answer.Delivered("the target answered 200"));
    Transcript.compare("webhook", target.seen().getFirst().text());
  }

  @Test
  void its_signature_is_that_of_its_id_its_time_and_its_body() {
    send(SECRET);
    var request = target.seen().getFirst();
    var headers = request.headers();
    assertThat(headers)
        .containsEntry("webhook-id", "msg_" + Samples.DELIVERY)
        .containsEntry("webhook-timestamp", Long.toString(now.getEpochSecond()))
        .containsEntry(
            "webhook-signature",
            Signature.of(
                List.of(SECRET), "msg_" + Samples.DELIVERY, now.getEpochSecond(), request.body()));
  }

  @Test
  void another_attempt_has_the_same_id_and_body_and_a_time_of_its_own() {
    send(SECRET);
    now = now.plusSeconds(3_600);
    send(SECRET);
    var first = target.seen().getFirst();
    var second = target.seen().getLast();
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.headers())
        .containsEntry("webhook-id", first.headers().get("webhook-id"))
        .containsEntry("webhook-timestamp", Long.toString(now.getEpochSecond()));
    assertThat(second.headers().get("webhook-signature"))
        .isNotEqualTo(first.headers().get("webhook-signature"));
  }

  @Test
  void strangers_words_are_text_and_what_nobody_said_is_left_out() {
    var hostile = "\"}, {\"x\":\r\n\u0000</script>";
    sender.send(Samples.message(to(), Samples.saying(hostile)));
    sender.send(Samples.message(to(), Samples.bare()));
    var json = JsonMapper.shared();
    var said = json.readTree(target.seen().getFirst().body()).path("data").path("build");
    assertThat(said.path("message").asString()).isEqualTo(hostile);
    var bare = json.readTree(target.seen().getLast().body()).path("data").path("build");
    assertThat(bare.propertyNames()).containsExactlyInAnyOrder("id", "event_type", "state");
  }

  @Test
  void without_a_secret_nothing_is_signed() {
    send();
    assertThat(target.seen().getFirst().headers()).doesNotContainKey("webhook-signature");
  }

  @ParameterizedTest
  @CsvSource({"429, 120", "503, 30"})
  void a_target_may_say_when_it_wants_to_be_asked_again(int status, int seconds) {
    var headers = Map.of("Retry-After", Integer.toString(seconds));
    target.answer(request -> new FakeTarget.Response(status, headers, ""));
    assertThat(send(SECRET))
        .isEqualTo(new Answer.Failed("the target answered " + status, Duration.ofSeconds(seconds)));
  }

  @Test
  void a_target_that_is_gone_or_elsewhere_is_not_asked_again() {
    target.answer(request -> FakeTarget.Response.of(410));
    assertThat(send(SECRET)).isInstanceOf(Answer.Refused.class);
    target.answer(request -> new FakeTarget.Response(301, Map.of("Location", "/b"), ""));
    assertThat(send(SECRET)).isInstanceOf(Answer.Refused.class);
    assertThat(target.seen()).hasSize(2);
  }

  @Test
  void a_secret_that_is_none_is_told_without_being_told() {
    assertThat(send("hunter2")).isEqualTo(new Answer.Refused("a secret is not whsec_ and base64"));
    assertThat(target.seen()).isEmpty();
  }

  private Answer send(String... secrets) {
    return sender.send(Samples.message(to(secrets), Samples.failed()));
  }

  private Target to(String... secrets) {
    return new Target.Webhook(target.url("/hooks/ci"), List.of(secrets));
  }
}
