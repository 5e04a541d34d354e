package io.junction.common.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetFlawsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.com/hook?a=b%20c",
        "http://example.com:8080",
        "https://[2001:4860::1]/x",
        "https://192.0.2.7/"
      })
  void a_url_of_the_web_passes(String url) {
    assertThat(fields(new Target.Webhook(url, List.of()))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "example.com/hook",
        "ftp://example.com",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https://",
        "https:///path",
        "https://user:password@example.com/",
        "https://user@example.com/",
        "https://example.com/#part",
        "https://example.com/a b",
        "https://example.com/\r\nX-Evil: 1",
        "https://example.com:0/",
        "https://example.com:65536/",
        "https://exam_ple.com/",
        "HTTPS://example.com\\@evil.com"
      })
  void another_url_is_refused(String url) {
    assertThat(fields(new Target.Webhook(url, List.of()))).containsExactly("url");
  }

  @Test
  void a_url_has_an_end() {
    var url = "https://example.com/" + "x".repeat(2_000);
    assertThat(fields(new Target.Slack(url, null, List.of()))).containsExactly("url");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "whsec_", "whsec_short", "secret", "whsec_\n", "whsec_é"})
  void a_secret_is_one_of_standard_webhooks(String secret) {
    assertThat(fields(new Target.Webhook("https://example.com", List.of(secret))))
        .containsExactly("secrets[0]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a@example.com", "o'neil+ci@sub.example.co.uk", "x_y.z@a-b.example"})
  void an_address_passes(String address) {
    assertThat(fields(new Target.Email(List.of(address)))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "a@",
        "@b",
        "a@b",
        "a@b..c",
        "a@-b.c",
        "a b@c.d",
        "a@b.c\r\nBcc: d@e.f",
        "a@b.c,d@e.f",
        "Name <a@b.c>",
        "\"a\"@b.c",
        "a@b.c\0"
      })
  void what_is_no_address_is_refused(String address) {
    assertThat(fields(new Target.Email(List.of("ok@example.com", address))))
        .containsExactly("recipients[1]");
  }

  @Test
  void recipients_are_1_to_100() {
    assertThat(fields(new Target.Email(List.of()))).containsExactly("recipients");
    assertThat(fields(new Target.Email(Collections.nCopies(100, "a@b.cd")))).isEmpty();
    assertThat(fields(new Target.Email(Collections.nCopies(101, "a@b.cd"))))
        .containsExactly("recipients");
  }

  @Test
  void irc_has_its_forms() {
    assertThat(fields(irc("irc.example.com", 6667, "#ci", "ci-bot", null))).isEmpty();
    assertThat(fields(irc("198.51.100.7", 1, "&local", "[bot]", "word"))).isEmpty();
    for (var server : List.of("", "irc example", "irc.example.com:6667", "-irc", "a..b", "a/b")) {
      assertThat(fields(irc(server, 6667, "#ci", "ci", null))).containsExactly("server");
    }
    for (int port : new int[] {-1, 0, 65_536}) {
      assertThat(fields(irc("irc.example.com", port, "#ci", "ci", null))).containsExactly("port");
    }
    for (var channel : List.of("", "ci", "#", "#a b", "#a,b", "#a:b", "#a\r\nQUIT", "#a\u0007")) {
      assertThat(fields(irc("irc.example.com", 6667, channel, "ci", null)))
          .containsExactly("channels[0]");
    }
    for (var nick : List.of("", "1ci", "a b", "a\nb", "a".repeat(31))) {
      assertThat(fields(irc("irc.example.com", 6667, "#ci", nick, null))).containsExactly("nick");
    }
    for (var password : List.of("", "a b", "a\r\nJOIN #x", ":a")) {
      assertThat(fields(irc("irc.example.com", 6667, "#ci", "ci", password)))
          .containsExactly("password");
    }
  }

  @Test
  void a_template_names_only_what_is_known() {
    assertThat(fields(slack("%{repository_slug} (%{branch}): %{message} 100%"))).isEmpty();
    for (var template :
        List.of(
            "", " ", "%{secret}", "%{repository", "%{}", "a\nb", "\u0002bold", "x".repeat(501))) {
      assertThat(fields(slack(template))).as(template).containsOnly("templates[0]");
    }
  }

  @Test
  void github_has_its_forms() {
    assertThat(fields(github("https://api.github.com", "acme/web.js", "junction"))).isEmpty();
    assertThat(fields(github("https://api.github.com", "acme", "junction")))
        .containsExactly("repository");
    assertThat(fields(github("https://api.github.com", "../../user", "junction")))
        .containsExactly("repository");
    assertThat(fields(github("https://api.github.com", null, ""))).containsExactly("context");
    assertThat(fields(new Target.GitHub("https://a.b", null, "x", false, false, "a\nb")))
        .containsExactly("token", "statuses");
  }

  private static Target github(String url, @Nullable String repository, String context) {
    return new Target.GitHub(url, repository, context, true, false, "ghp_x");
  }

  private static Target slack(String template) {
    return new Target.Slack("https://hooks.slack.com/x", "#ci", List.of(template));
  }

  private static Target irc(
      String server, int port, String channel, String nick, @Nullable String password) {
    return new Target.Irc(
        server, port, false, List.of(channel), nick, false, false, password, null, List.of());
  }

  private static List<String> fields(Target target) {
    return TargetFlaws.of(target).stream().map(TargetFlaws.Flaw::field).toList();
  }
}
