package io.junction.common.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TargetJsonTest {

  static Stream<Target> targets() {
    return Stream.of(
        new Target.Webhook("https://example.com/hook", List.of("whsec_SECRET", "whsec_SECRET2")),
        new Target.Webhook("https://example.com/hook", List.of()),
        new Target.GitHub("https://api.github.com", null, "junction", true, false, "SECRET"),
        new Target.GitHub("https://ghe/api/v3", "acme/web", "ci", false, true, "SECRET"),
        new Target.Email(List.of("a@example.com", "b@example.com")),
        new Target.Slack("https://hooks.slack.com/SECRET", "#ci", List.of("%{state}")),
        new Target.Slack("https://hooks.slack.com/SECRET", null, List.of()),
        new Target.Irc(
            "irc.example.com",
            6697,
            true,
            List.of("#a"),
            "ci",
            true,
            false,
            "SECRET",
            "SECRET2",
            List.of("a, b")),
        new Target.Irc(
            "irc.example.com",
            6667,
            false,
            List.of("#a", "#b"),
            "ci",
            false,
            true,
            null,
            null,
            List.of()));
  }

  @ParameterizedTest
  @MethodSource("targets")
  void a_target_comes_back_from_its_two_parts_and_only_one_of_them_is_secret(Target target) {
    var open = TargetJson.open(target);
    var secret = TargetJson.secret(target);
    assertThat(open).doesNotContain("SECRET");
    assertThat(target.toString()).doesNotContain("SECRET");
    assertThat(TargetJson.read(target.kind(), open, secret)).isEqualTo(target);
  }

  @Test
  void what_makes_no_target_is_refused_without_being_quoted() {
    assertThatThrownBy(() -> TargetJson.read(TargetKind.IRC, "{\"server\": [\"PRIVATE\"]}", null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("PRIVATE")
        .hasNoCause();
  }
}
