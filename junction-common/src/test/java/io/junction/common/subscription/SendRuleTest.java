package io.junction.common.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SendRuleTest {

  /** Travis Hub's tables: what is asked for, how the build before ended, how this one did. */
  @ParameterizedTest
  @CsvSource({
    // on_success, on_failure, previous, state, sent
    "always, always, ,       passed,   true",
    "always, always, passed, passed,   true",
    "always, always, failed, passed,   true",
    "always, never,  ,       passed,   true",
    "always, never,  passed, passed,   true",
    "always, never,  failed, passed,   true",
    "always, change, passed, passed,   true",
    "never,  always, ,       passed,   false",
    "never,  always, passed, passed,   false",
    "never,  always, failed, passed,   false",
    "change, always, ,       passed,   true",
    "change, always, passed, passed,   false",
    "change, always, failed, passed,   true",
    "change, always, errored, passed,  true",
    "change, always, canceled, passed, true",
    "always, always, ,       failed,   true",
    "always, always, passed, failed,   true",
    "always, always, failed, failed,   true",
    "never,  always, ,       failed,   true",
    "never,  always, passed, failed,   true",
    "change, always, failed, failed,   true",
    "always, never,  ,       failed,   false",
    "always, never,  passed, failed,   false",
    "always, never,  failed, failed,   false",
    "always, change, ,       failed,   true",
    "always, change, passed, failed,   true",
    "always, change, failed, failed,   false",
    "always, change, errored, failed,  false",
    "always, change, canceled, failed, false",
    "always, change, passed, errored,  true",
    "always, change, failed, errored,  false",
    "always, never,  passed, errored,  false",
    "always, always, passed, errored,  true",
    "always, change, passed, canceled, true",
    "always, change, failed, canceled, false",
    "always, never,  passed, canceled, false",
    "never,  always, passed, canceled, true",
  })
  void a_build_that_ends_is_told_as_hub_does(
      String onSuccess, String onFailure, @Nullable String previous, String state, boolean sent) {
    var rule = new SendRule(Occasion.of(onSuccess), Occasion.of(onFailure), Occasion.NEVER, true);
    var event = state.equals("canceled") ? "build:canceled" : "build:finished";
    assertThat(rule.wants(event, state, previous, false)).isEqualTo(sent);
  }

  @ParameterizedTest
  @CsvSource({"always, true", "never, false", "change, false"})
  void a_build_that_begins_is_told_only_where_that_is_asked_for(String onStart, boolean sent) {
    var rule = new SendRule(Occasion.ALWAYS, Occasion.ALWAYS, Occasion.of(onStart), true);
    assertThat(rule.wants("build:created", "created", null, false)).isEqualTo(sent);
    assertThat(rule.wants("build:started", "started", null, false)).isEqualTo(sent);
    assertThat(rule.wants("build:restarted", "created", "passed", false)).isEqualTo(sent);
  }

  @ParameterizedTest
  @CsvSource({
    "WEBHOOK, always, never, true",
    "GITHUB, always, always, true",
    "EMAIL, change, never, false",
    "SLACK, always, never, false",
    "IRC, always, never, false"
  })
  void what_is_usual_is_what_hub_does(
      TargetKind kind, String onSuccess, String onStart, boolean onPullRequests) {
    var usual = SendRule.usual(kind, List.of());
    assertThat(usual.onSuccess().text()).isEqualTo(onSuccess);
    assertThat(usual.onFailure()).isEqualTo(Occasion.ALWAYS);
    assertThat(usual.onStart().text()).isEqualTo(onStart);
    assertThat(usual.wants("build:finished", "failed", null, true)).isEqualTo(onPullRequests);
  }

  @ParameterizedTest
  @EnumSource(TargetKind.class)
  void who_asks_for_a_beginning_by_name_hears_of_it(TargetKind kind) {
    var rule = SendRule.usual(kind, List.of("build:restarted"));
    assertThat(rule.wants("build:restarted", "created", null, false)).isTrue();
  }

  @Test
  void an_unknown_occasion_is_refused() {
    for (var text : List.of("", "ALWAYS", "true", "sometimes")) {
      assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> Occasion.of(text)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
