package io.junction.dispatcher.notify.slack;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.common.subscription.BuildNews;
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
import java.util.List;
import org.apache.hc.core5.ssl.SSLContexts;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SlackSenderHttpTest {

  private final GuardedHttp http =
      new GuardedHttp(
          new CheckedAddresses(true, InetAddress::getAllByName),
          Duration.ofSeconds(10),
          SSLContexts.createSystemDefault());
  private final SlackSender sender = new SlackSender(http);
  private FakeTarget slack;

  @BeforeEach
  void start() throws IOException {
    slack = new FakeTarget();
  }

  @AfterEach
  void stop() {
    slack.close();
    http.close();
  }

  @Test
  void a_message_is_posted_as_the_transcript_shows() throws IOException {
    assertThat(send(Samples.failed(), "#builds")).isInstanceOf(Answer.Delivered.class);
    Transcript.compare("slack", slack.seen().getFirst().text());
  }

  @Test
  void the_usual_words_are_hubs() {
    assertThat(text(Samples.passed()))
        .isEqualTo(
            "Build <https://ci.example.org/builds/42|#12> (62aae5f) of svenfuchs/minimal@main"
                + " by svenfuchs passed in 1 min 2 sec");
    assertThat(text(Samples.pullRequest()))
        .isEqualTo(
            "Build <https://ci.example.org/builds/42|#12> (62aae5f) of svenfuchs/minimal@main"
                + " in PR #5 by svenfuchs passed in 1 min 2 sec");
    assertThat(text(Samples.bare())).isEqualTo("Build #42 errored");
  }

  @Test
  void lines_of_the_subscriber_are_filled() {
    var text =
        text(
            Samples.failed(),
            "<%{build_url}|%{repository_name} %{build_number}> %{result}: %{message}",
            "%{commit_message} after %{elapsed_time}, %{unheard_of}",
            "Change view: %{compare_url}");
    assertThat(text)
        .isEqualTo(
            """
            <https://ci.example.org/builds/42|minimal 12> failed: The build was broken.
            Keep the lamp lit after 1 min 2 sec, %{unheard_of}""");
  }

  @Test
  void nothing_of_a_build_pings_or_links() {
    var hostile = "<!channel> <@U123> <http://evil|here> & more\r\n<!here>";
    assertThat(text(Samples.saying(hostile), "%{commit_message}"))
        .isEqualTo("&lt;!channel&gt; &lt;@U123&gt; &lt;http://evil%7Chere&gt; &amp; more");
    assertThat(text(Samples.saying(hostile))).doesNotContain("<!", "<@", "\n");
    assertThat(body(Samples.passed()).path("link_names").booleanValue()).isFalse();
  }

  @Test
  void a_build_shows_its_color() {
    assertThat(color("passed")).isEqualTo("good");
    assertThat(color("failed")).isEqualTo("danger");
    assertThat(color("errored")).isEqualTo("warning");
    assertThat(color("started")).isEqualTo("warning");
  }

  private String color(String state) {
    var body = body(Samples.news(Samples.build(state, null, "", "main")));
    return body.path("attachments").path(0).path("color").asString();
  }

  private String text(BuildNews news, String... templates) {
    return body(news, templates).path("attachments").path(0).path("text").asString();
  }

  private JsonNode body(BuildNews news, String... templates) {
    assertThat(send(news, null, templates)).isInstanceOf(Answer.Delivered.class);
    return JsonMapper.shared().readTree(slack.seen().getLast().body());
  }

  private Answer send(BuildNews news, @Nullable String channel, String... templates) {
    var url = slack.url("/services/T000/B000/XXXX");
    return sender.send(Samples.message(new Target.Slack(url, channel, List.of(templates)), news));
  }
}
