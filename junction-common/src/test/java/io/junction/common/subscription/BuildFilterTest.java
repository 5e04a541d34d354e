package io.junction.common.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuildFilterTest {

  @ParameterizedTest
  @CsvSource({
    "main, main, true",
    "main, Main, false",
    "main, main2, false",
    "release/*, release/1.2, true",
    "release/*, release/, true",
    "release/*, release, false",
    "*, anything, true",
    "*, , false",
    "*-fix, a-fix-fix, true",
    "*-fix, a-fix-fixed, false",
    "a*b*c, aXXbYYbZZc, true",
    "a*b*c, acb, false",
    "**, x, true",
    "'', x, false"
  })
  void a_branch_is_itself_or_matches_by_stars(
      String pattern, @Nullable String branch, boolean lets) {
    var filter = new BuildFilter(null, null, pattern, List.of());
    assertThat(filter.lets("acme", "acme/web", branch)).isEqualTo(lets);
  }

  @Test
  void owner_and_repository_are_exact() {
    var filter = new BuildFilter("acme", "acme/web", null, List.of());
    assertThat(filter.lets("acme", "acme/web", null)).isTrue();
    assertThat(filter.lets("acme", "acme/webs", null)).isFalse();
    assertThat(filter.lets("Acme", "acme/web", null)).isFalse();
    assertThat(filter.lets(null, null, null)).isFalse();
    assertThat(BuildFilter.NONE.lets(null, null, null)).isTrue();
  }

  @Test
  void a_pattern_of_stars_takes_no_time_to_speak_of() {
    var pattern = "*a".repeat(127) + "b";
    var filter = new BuildFilter(null, null, pattern, List.of());
    assertThat(filter.lets(null, null, "a".repeat(255))).isFalse();
  }

  @Test
  void without_events_a_commit_hears_all_and_others_of_starts_and_ends() {
    var none = BuildFilter.NONE;
    assertThat(BuildFilter.KINDS).allMatch(kind -> none.takes(TargetKind.GITHUB, kind));
    assertThat(none.takes(TargetKind.WEBHOOK, "build:created")).isFalse();
    assertThat(none.takes(TargetKind.WEBHOOK, "build:finished")).isTrue();
    assertThat(none.takes(TargetKind.GITHUB, "worker:lost")).isFalse();
  }

  @Test
  void with_events_only_these_count() {
    var filter = new BuildFilter(null, null, null, List.of("build:created"));
    assertThat(filter.takes(TargetKind.WEBHOOK, "build:created")).isTrue();
    assertThat(filter.takes(TargetKind.WEBHOOK, "build:finished")).isFalse();
  }

  @Test
  void a_build_belongs_to_its_repository_its_owner_and_all() {
    assertThat(BuildFilter.audiences("acme", "acme/web"))
        .containsExactlyInAnyOrder("repository:acme/web", "owner:acme", "all");
    assertThat(BuildFilter.audiences(null, null)).containsExactly("all");
    assertThat(new BuildFilter("acme", "acme/web", null, List.of()).audience())
        .isEqualTo("repository:acme/web");
  }
}
