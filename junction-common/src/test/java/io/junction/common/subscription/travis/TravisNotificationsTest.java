package io.junction.common.subscription.travis;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.common.subscription.Occasion;
import io.junction.common.subscription.SubscriptionSpec;
import io.junction.common.subscription.Target;
import io.junction.common.subscription.TargetJson;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TravisNotificationsTest {

  /** What is read, in short; several are joined by a semicolon. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}                                                     | ``",
        "false                                                  | ``",
        "null                                                   | ``",
        "{'email': false, 'irc': null, 'slack': []}             | ``",
        "{'webhooks': 'https://a.io/x'}                         | webhook https://a.io/x",
        "{'webhooks': ['https://a.io', 'https://b.io']}         | webhook https://a.io; webhook https://b.io",
        "{'webhooks': {'urls': 'https://a.io,https://b.io'}}    | webhook https://a.io; webhook https://b.io",
        "{'webhooks': {'urls': ['https://a.io'], 'enabled': false}} | ``",
        "{'webhooks': [{'urls': 'https://a.io'}, 'https://b.io']} | webhook https://a.io; webhook https://b.io",
        "{'email': 'a@b.io'}                                    | email a@b.io",
        "{'email': 'a@b.io, c@d.io'}                            | email a@b.io c@d.io",
        "{'email': ['a@b.io', 'c@d.io']}                        | email a@b.io c@d.io",
        "{'email': {'recipients': ['a@b.io']}}                  | email a@b.io",
        "{'slack': 'acme:T0ken'}                | slack https://acme.slack.com/services/hooks/travis?token=T0ken null",
        "{'slack': 'acme:T0ken#ci'}             | slack https://acme.slack.com/services/hooks/travis?token=T0ken #ci",
        "{'slack': 'https://hooks.slack.com/services/a/b#ci'}   | slack https://hooks.slack.com/services/a/b #ci",
        "{'slack': {'rooms': ['https://h.io/a', 'b:c#d']}}      | slack https://h.io/a null; slack https://b.slack.com/services/hooks/travis?token=c #d",
        "{'irc': 'irc.a.io#ci'}                                 | irc irc.a.io:6667 #ci junction",
        "{'irc': 'irc.a.io:1234#ci'}                            | irc irc.a.io:1234 #ci junction",
        "{'irc': 'irc://irc.a.io#ci'}                           | irc irc.a.io:6667 #ci junction",
        "{'irc': 'ircs://irc.a.io#ci'}                          | ircs irc.a.io:6697 #ci junction",
        "{'irc': ['irc.a.io#a', 'irc.b.io#b', 'irc.a.io#c']} |"
            + " irc irc.a.io:6667 #a #c junction; irc irc.b.io:6667 #b junction",
        "{'irc': {'channels': ['ircs://irc.a.io:7000/#a'], 'nick': 'bot'}} | ircs irc.a.io:7000 #a bot",
      })
  void the_forms_of_travis_are_read(String json, String expected) {
    var reading = read(json);
    assertThat(reading.refusals()).isEmpty();
    assertThat(shown(reading)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'x'                                   | notifications: is neither an object nor false",
        "[1]                                   | notifications: is neither an object nor false",
        "{'campfire': 'x'}                     | campfire: is not a kind that Junction knows",
        "{'A B': 'x'} |" + " one of the names: is not a kind that Junction knows",
        "{'email': true}                       | email: says nothing about where to",
        "{'email': 7}                          | email: says nothing about where to",
        "{'email': {}}                         | email: recipients is missing",
        "{'email': 'nobody'}                   | email: recipients[0] must be an e-mail address",
        "{'email': {'recipients': [7]}}        | email: recipients is not a text",
        "{'email': {'recipients': {'secure': 'x'}}} |"
            + " email: recipients is encrypted for Travis CI, and nobody else can read it",
        "{'slack': {'secure': 'x'}} |"
            + " slack: is encrypted for Travis CI, and nobody else can read it",
        "{'slack': 'nothing'} |"
            + " slack: a room is neither account:token nor a URL, each with or without #channel",
        "{'slack': {'rooms': 'a:b', 'template': '%{x}'}} |"
            + " slack: templates[0] names what is not known; docs/notifications.md lists what is",
        "{'irc': 'irc.a.io'} |" + " irc: a channel is not of the form host[:port]#channel",
        "{'irc': 'irc.a.io:99999#a'}           | irc: port must be 1 to 65535",
        "{'irc': {'channels': 'irc.a.io#a', 'nick': 'a b'}} |"
            + " irc: nick must be a nick as of RFC 2812, 1 to 30 characters",
        "{'webhooks': 'gopher://a'}            | webhooks: url must begin with http:// or https://",
        "{'webhooks': {'urls': 'https://a.io', 'on_success': 'sometimes'}} | webhooks: on_success is not one of always, never, change",
        "{'webhooks': {'urls': 'https://a.io', 'on_success': true}} | webhooks: on_success is not one of always, never, change",
        "{'webhooks': {'urls': 'https://a.io', 'enabled': 'no'}} | webhooks: enabled is neither true nor false",
      })
  void what_cannot_be_taken_is_said_in_plain_words_and_breaks_nothing_else(
      String json, String refusal) {
    var alone = read(json);
    assertThat(alone.subscriptions()).isEmpty();
    assertThat(alone.refusals()).containsExactly(refusal);

    if (json.startsWith("{")) {
      var good = json.contains("'email'") ? "'webhooks': 'https://a.io'" : "'email': 'a@b.io'";
      var beside = read(json.substring(0, json.length() - 1) + ", " + good + "}");
      assertThat(beside.subscriptions()).hasSize(1);
      assertThat(beside.refusals()).containsExactly(refusal);
    }
  }

  @Test
  void rules_stand_in_the_entry_or_for_all() {
    var reading =
        read(
            "{'on_success': 'never', 'email': 'a@b.io', 'webhooks': {'urls': 'https://a.io',"
                + " 'on_success': 'change', 'on_failure': 'never', 'on_start': 'always',"
                + " 'on_pull_requests': false}}");
    var email = reading.subscriptions().get(0).rule();
    assertThat(email.onSuccess()).isEqualTo(Occasion.NEVER);
    assertThat(email.onFailure()).isEqualTo(Occasion.ALWAYS);
    var webhook = reading.subscriptions().get(1).rule();
    assertThat(webhook.onSuccess()).isEqualTo(Occasion.CHANGE);
    assertThat(webhook.onFailure()).isEqualTo(Occasion.NEVER);
    assertThat(webhook.onStart()).isEqualTo(Occasion.ALWAYS);
    assertThat(webhook.onPullRequests()).isFalse();
  }

  @Test
  void all_that_irc_can_be_told_is_read() {
    var reading =
        read(
            "{'irc': {'channels': 'irc.a.io#a', 'use_notice': true, 'skip_join': true,"
                + " 'password': 'pw', 'channel_key': 'key', 'template': ['a, b', '%{message}']}}");
    assertThat(reading.subscriptions())
        .extracting(SubscriptionSpec::target)
        .containsExactly(
            new Target.Irc(
                "irc.a.io",
                6667,
                false,
                java.util.List.of("#a"),
                "junction",
                true,
                true,
                "pw",
                "key",
                java.util.List.of("a, b", "%{message}")));
  }

  @Test
  void there_is_an_end_to_how_many_a_build_may_notify() {
    var urls =
        java.util.stream.IntStream.range(0, 60)
            .mapToObj(n -> "'https://a.io/" + n + "'")
            .collect(Collectors.joining(",", "{'webhooks': [", "]}"));
    var reading = read(urls);
    assertThat(reading.subscriptions()).hasSize(50);
    assertThat(reading.refusals()).containsExactly("webhooks: there are more than 50 in all");
  }

  @Test
  void what_is_no_json_is_refused() {
    assertThat(read("{").refusals()).containsExactly("notifications: is not JSON");
  }

  private static TravisNotifications.Reading read(String json) {
    return TravisNotifications.read(json.replace('\'', '"'));
  }

  private static String shown(TravisNotifications.Reading reading) {
    return reading.subscriptions().stream()
        .map(SubscriptionSpec::target)
        .map(TravisNotificationsTest::shown)
        .collect(Collectors.joining("; "));
  }

  private static String shown(Target target) {
    return switch (target) {
      case Target.Webhook webhook -> "webhook " + webhook.url();
      case Target.Email email -> "email " + String.join(" ", email.recipients());
      case Target.Slack slack -> "slack " + slack.url() + " " + slack.channel();
      case Target.Irc irc ->
          (irc.tls() ? "ircs " : "irc ")
              + irc.server()
              + ":"
              + irc.port()
              + " "
              + String.join(" ", irc.channels())
              + " "
              + irc.nick();
      case Target.GitHub github -> TargetJson.open(github);
    };
  }
}
