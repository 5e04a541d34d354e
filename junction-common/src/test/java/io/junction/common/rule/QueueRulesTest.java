package io.junction.common.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueueRulesTest {

  private static final String LIST =
      """
      {"rules": [
        {"name": "pilot", "queue": "pilot", "when": {"repository": "acme/pilot-*", "public": true}},
        {"queue": "macs", "when": {"os": ["osx", "macos"], "owner": ["acme", "bolt-*"]}},
        {"queue": "arm", "when": {"arch": "arm64"}},
        {"queue": "large", "when": {"vm.size": "large"}},
        {"queue": "docker", "when": {"services": "docker", "dist": 22.04}},
        {"queue": "root", "when": {"sudo": true}}],
       "default": "linux"}
      """;

  @ParameterizedTest(name = "{0} {1} {2} goes to {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        "      |              | {}                                            | linux",
        " acme | acme/pilot-1 | {}                                            | linux",
        " acme |              | {'os': 'osx'}                                 | macs",
        " acme |              | {'os': 'macos', 'arch': 'arm64'}              | macs",
        " bolt |              | {'os': 'osx'}                                 | linux",
        " bolt-2 |            | {'os': 'osx'}                                 | macs",
        " other |             | {'os': 'osx', 'arch': 'arm64'}                | arm",
        "      |              | {'arch': ['amd64', 'arm64']}                  | arm",
        "      |              | {'arch': []}                                  | linux",
        "      |              | {'arch': null}                                | linux",
        "      |              | {'arch': 'ARM64'}                             | linux",
        "      |              | {'vm': {'size': 'large'}}                     | large",
        "      |              | {'vm': 'large'}                               | linux",
        "      |              | {'vm': [{'size': 'large'}]}                   | linux",
        "      |              | {'services': ['redis', 'docker'], 'dist': 22.04} | docker",
        "      |              | {'services': ['docker'], 'dist': '22.04'}     | docker",
        "      |              | {'services': ['docker']}                      | linux",
        "      |              | {'sudo': true}                                | root",
        "      |              | {'sudo': 'true'}                              | root",
        "      |              | {'sudo': false}                               | linux",
      })
  void the_first_rule_of_which_all_matches_decides(
      @Nullable String owner, @Nullable String repository, String config, String queue) {
    var decision = decide(LIST, owner, repository, config);
    assertThat(Objects.requireNonNull(decision.queue()).value())
        .as(decision.why().toString())
        .isEqualTo(queue);
  }

  @Test
  void a_public_job_is_told_from_others() {
    var rules = rules(LIST);
    var job = new JobFacts(1L, "acme", "acme/pilot-1", true, Map.of());
    var decision = rules.decide(job);
    assertThat(decision.rule()).isZero();
    assertThat(decision.name()).isEqualTo("pilot");
  }

  @Test
  void a_decision_says_why_each_rule_before_it_did_not_match() {
    var decision = decide(LIST, "bolt", null, "{\"os\": \"osx\", \"vm\": {\"size\": \"large\"}}");
    assertThat(decision.rule()).isEqualTo(3);
    assertThat(decision.why())
        .containsExactly(
            "rules[0] (pilot) does not match: it has no repository",
            "rules[1] does not match: owner is \"bolt\", not \"acme\" or \"bolt-*\"",
            "rules[2] does not match: it has no arch",
            "rules[3] takes it: vm.size is \"large\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'arch': {'name': 'arm64'}} | rules[2] cannot be asked: arch is an object in its config,"
            + " not text",
        "{'arch': ['arm64', {}]} | rules[2] cannot be asked: arch is a list of more than texts in"
            + " its config, not text",
        "{'arch': 'LONG'} | rules[2] cannot be asked: arch is longer than 2000 characters in its"
            + " config, not text",
      })
  void what_no_rule_can_be_held_against_has_no_queue(String config, String reason) {
    var decision = decide(LIST, "acme", null, config.replace("LONG", "x".repeat(2_000)));
    assertThat(decision.queue()).isNull();
    assertThat(decision.rule()).isEqualTo(2);
    assertThat(decision.reason()).isEqualTo(reason);
  }

  @Test
  void a_broken_field_does_not_matter_to_a_rule_that_does_not_match_anyway() {
    assertThat(decide(LIST, "other", null, "{\"os\": {}}").queue()).isNotNull();
    assertThat(decide(LIST, "acme", null, "{\"os\": {}}").queue()).isNull();
  }

  @Test
  void a_broken_field_does_not_matter_behind_the_rule_that_took_the_job() {
    var decision = decide(LIST, "acme", null, "{\"os\": \"osx\", \"arch\": {}}");
    assertThat(decision.rule()).isEqualTo(1);
  }

  @Test
  void a_percentage_takes_its_share_of_the_ids_and_a_larger_one_takes_the_same_and_more() {
    var few =
        rules(
            "{\"rules\": [{\"queue\": \"a\", \"when\": {\"percentage\": 20}}],"
                + " \"default\": \"b\"}");
    var many =
        rules(
            "{\"rules\": [{\"queue\": \"a\", \"when\": {\"percentage\": 50}}],"
                + " \"default\": \"b\"}");
    var taken = LongStream.rangeClosed(1, 10_000).filter(id -> takes(few, id)).toArray();
    assertThat(taken.length).isBetween(1_900, 2_100);
    assertThat(LongStream.of(taken)).allMatch(id -> takes(many, id));
    assertThat(LongStream.rangeClosed(1, 10_000).filter(id -> takes(many, id)).count())
        .isBetween(4_900L, 5_100L);
  }

  @Test
  void a_percentage_of_100_takes_all_and_one_of_0_none() {
    var list =
        "{\"rules\": [{\"queue\": \"a\", \"when\": {\"percentage\": PERCENT}}],"
            + " \"default\": \"b\"}";
    for (var id : new @Nullable Long[] {null, 1L, 2L, -3L, Long.MAX_VALUE}) {
      var job = new JobFacts(id, null, null, false, Map.of());
      assertThat(rules(list.replace("PERCENT", "100")).decide(job).rule()).isZero();
      assertThat(rules(list.replace("PERCENT", "0")).decide(job).rule()).isNull();
    }
  }

  @Test
  void without_rules_there_is_a_queue_for_nobody() {
    var decision = QueueRules.none().decide(new JobFacts(1L, "acme", null, false, Map.of()));
    assertThat(decision.queue()).isNull();
    assertThat(decision.reason()).startsWith("there are no queue rules");
  }

  @Test
  void a_last_rule_for_every_job_needs_no_default() {
    var decision =
        decide("{\"rules\": [{\"queue\": \"all\"}]}", null, null, "{\"os\": {\"a\": 1}}");
    assertThat(decision.why()).containsExactly("rules[0] takes it: it takes every job");
  }

  @ParameterizedTest(name = "{1} {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | default | is required",
        "{'rules': []} | default | is required",
        "{'rules': [{'queue': 'a', 'when': {'os': 'osx'}}]} | default | is required",
        "{'default': 'no queue'} | default | must match",
        "{'rules': [null], 'default': 'a'} | rules[0] | must not be null",
        "{'rules': [{'when': {'os': 'osx'}}], 'default': 'a'} | rules[0].queue | is required",
        "{'rules': [{'queue': 'a/b'}]} | rules[0].queue | must match",
        "{'rules': [{'queue': 'a', 'name': ''}]} | rules[0].name | has 1 to 255",
        "{'rules': [{'queue': 'a'}, {'queue': 'b'}]} | rules[0].when | is empty",
        "{'rules': [{'queue': 'a', 'when': {'os': 'x', 'arch': 'y'}}, {'queue': 'b', 'when':"
            + " {'arch': 'y', 'os': ['x']}}], 'default': 'c'} | rules[1].when | is that of"
            + " rules[0]",
        "WHEN {'os': []} | rules[0].when.os | is a value, or a list of 1 to 100",
        "WHEN {'os': {}} | rules[0].when.os | is text, a number",
        "WHEN {'os': null} | rules[0].when.os | is text, a number",
        "WHEN {'os': ['a', ['b']]} | rules[0].when.os[1] | is text, a number",
        "WHEN {'os': ''} | rules[0].when.os | has 1 to 255",
        "WHEN {'os': '\\u0000'} | rules[0].when.os | has 1 to 255",
        "WHEN {'os': '\\ud800'} | rules[0].when.os | has 1 to 255",
        "WHEN {'os': 1e999999999} | rules[0].when.os | is text, a number",
        "WHEN {'percentage': 101} | rules[0].when.percentage | is a whole number from 0 to 100",
        "WHEN {'percentage': -1} | rules[0].when.percentage | is a whole number from 0 to 100",
        "WHEN {'percentage': '5'} | rules[0].when.percentage | is a whole number from 0 to 100",
        "WHEN {'percentage': 5.5} | rules[0].when.percentage | is a whole number from 0 to 100",
        "WHEN {'public': 'yes'} | rules[0].when.public | is true or false",
        "WHEN {'repository': '*a*b*'} | rules[0].when.repository | has at most 2 stars",
        "WHEN {'no field': 'x'} | rules[0].when.no field | is no name of a field",
        "WHEN {'a..b': 'x'} | rules[0].when.a..b | is no name of a field",
      })
  void a_list_that_cannot_be_is_refused_with_the_place(String json, String place, String problem) {
    var list =
        json.startsWith("WHEN ")
            ? "{'rules': [{'queue': 'a', 'when': " + json.substring(5) + "}], 'default': 'b'}"
            : json;
    assertThatThrownBy(() -> rules(list.replace('\'', '"')))
        .isInstanceOfSatisfying(
            RuleFlaw.class,
            flaw -> {
              assertThat(flaw.place()).isEqualTo(place);
              assertThat(flaw.problem()).startsWith(problem);
            });
  }

  @Test
  void a_list_has_its_limits() {
    assertFlaw(many(1_001, "'os': 'x#'"), "rules");
    assertFlaw(many(101, "'f#': 'x'"), "rules");
    assertThat(rules(many(1_000, "'os': 'x#'")).fields()).containsExactly("os");
    assertThat(rules(many(100, "'f#': 'x'")).fields()).hasSize(100);
    var matchers =
        IntStream.range(0, 101).mapToObj(i -> "'a" + i + "': 1").reduce((a, b) -> a + ", " + b);
    assertFlaw(
        "{'rules': [{'queue': 'a', 'when': {" + matchers.orElseThrow() + "}}], 'default': 'b'}",
        "rules[0].when");
    var longKey = "k".repeat(10_000);
    assertFlaw(
        "{'rules': [{'queue': 'a', 'when': {'" + longKey + "': 1}}], 'default': 'b'}",
        "rules[0].when." + longKey.substring(0, 255));
  }

  private static String many(int count, String matcher) {
    var rules = new StringBuilder("{'default': 'b', 'rules': [");
    for (int i = 0; i < count; i++) {
      rules
          .append(i == 0 ? "" : ", ")
          .append("{'queue': 'a', 'when': {")
          .append(matcher.replace("#", "" + i))
          .append("}}");
    }
    return rules.append("]}").toString();
  }

  private static void assertFlaw(String list, String place) {
    assertThatThrownBy(() -> rules(list))
        .isInstanceOfSatisfying(RuleFlaw.class, f -> assertThat(f.place()).isEqualTo(place));
  }

  private static boolean takes(QueueRules rules, long id) {
    return rules.decide(new JobFacts(id, null, null, false, Map.of())).rule() != null;
  }

  private static Decision decide(
      String list, @Nullable String owner, @Nullable String repository, String config) {
    var rules = rules(list);
    var fields = RuleJson.fieldsOf(config.replace('\'', '"'), rules.fields());
    return rules.decide(new JobFacts(1L, owner, repository, false, fields));
  }

  private static QueueRules rules(String list) {
    return QueueRules.of(RuleJson.read(list.replace('\'', '"')));
  }
}
