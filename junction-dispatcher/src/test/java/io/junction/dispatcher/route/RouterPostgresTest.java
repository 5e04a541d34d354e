package io.junction.dispatcher.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.junction.common.hint.Hint;
import io.junction.common.rule.CurrentRules;
import io.junction.common.transition.JobTransitions;
import io.junction.dispatcher.DispatcherCopy;
import io.junction.dispatcher.Rows;
import io.junction.dispatcher.loop.Wake;
import io.junction.testing.Concurrently;
import io.junction.testing.Postgres;
import io.junction.testing.TestDatabase;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@Postgres
class RouterPostgresTest {

  private static final String LIST =
      """
      {"rules": [{"queue": "macs", "when": {"os": "osx", "repository": "acme/*"}},
                 {"queue": "large", "when": {"vm.size": ["large", "huge"]}}],
       "default": "linux"}
      """;

  private DispatcherCopy copy;
  private Router router;
  private Rows rows;

  @BeforeEach
  void start(TestDatabase database) {
    rows = new Rows(database);
    copy = new DispatcherCopy(Map.of("junction.queue-rules.list", LIST));
    router = copy.get(Router.class);
  }

  @AfterEach
  void stop() {
    copy.close();
  }

  @Test
  void each_job_gets_the_queue_of_the_first_rule_that_matches_it() {
    job("acme/app", "{\"os\": \"osx\"}");
    job("bolt/app", "{\"os\": \"osx\", \"vm\": {\"size\": \"huge\"}}");
    job("bolt/app", "{\"os\": \"osx\", \"vm\": \"huge\", \"script\": {\"a\": [1]}}");
    rows.run("INSERT INTO junction.jobs (queue, owner) VALUES (NULL, 'acme'), ('own', 'acme')");

    assertThat(rows.texts("SELECT asks FROM junction.jobs ORDER BY id"))
        .as("the limiter is not asked before")
        .containsExactly("f", "f", "f", "f", "t");
    assertThat(router.run(Wake.POLL)).isEqualTo(new RouteRound(4, 0, false, false));
    assertThat(rows.texts("SELECT queue FROM junction.jobs ORDER BY id"))
        .containsExactly("macs", "large", "linux", "linux", "own");
    assertThat(rows.number("SELECT count(*) FROM junction.jobs WHERE asks")).isEqualTo(5);
    assertThat(router.run(Wake.HINT)).isEqualTo(RouteRound.NOTHING);
  }

  @Test
  void enqueue_takes_a_job_without_a_queue() {
    rows.number("SELECT junction.enqueue(config => '{\"vm\": {\"size\": \"large\"}}')");
    rows.number("SELECT junction.enqueue(NULL)");
    assertThat(rows.texts("SELECT state FROM junction.jobs")).containsOnly("created");
    assertThat(router.run(Wake.HINT).routed()).isEqualTo(2);
    assertThat(rows.texts("SELECT queue FROM junction.jobs ORDER BY id"))
        .containsExactly("large", "linux");
  }

  @Test
  void nobody_can_put_a_job_without_a_queue_in_line() {
    assertThatThrownBy(
            () -> rows.run("INSERT INTO junction.jobs (state, queued_at) VALUES ('queued', now())"))
        .hasMessageContaining("a_job_with_a_worker_or_in_line_has_a_queue");
  }

  @Test
  void a_config_that_no_rule_can_be_held_against_ends_its_job_with_the_reason_and_its_build() {
    rows.run("INSERT INTO junction.builds (id) VALUES (1)");
    rows.run("INSERT INTO junction.stages (id, build_id, number) VALUES (1, 1, 1), (2, 1, 2)");
    rows.run(
        """
        INSERT INTO junction.jobs (repository, build_id, stage_id)
        VALUES ('acme/app', 1, 1), ('acme/app', 1, 2)
        """);
    config(1, "{\"os\": {\"name\": \"osx\"}}");

    assertThat(router.run(Wake.POLL)).isEqualTo(new RouteRound(1, 1, false, false));
    assertThat(rows.texts("SELECT state || ' ' || reason FROM junction.jobs ORDER BY id"))
        .containsExactly(
            "errored its queue cannot be decided: rules[0] cannot be asked: os is an object in its"
                + " config, not text",
            "canceled stage 1 errored");
    assertThat(rows.text("SELECT state FROM junction.builds")).isEqualTo("errored");
    assertThat(rows.texts("SELECT kind FROM junction.events WHERE job_id = 1 ORDER BY id"))
        .containsExactly("job:created", "job:finished");
    assertThat(router.run(Wake.POLL)).isEqualTo(RouteRound.NOTHING);
  }

  @Test
  void many_that_are_broken_hold_nobody_up_and_are_looked_at_once() {
    rows.run(
        """
        INSERT INTO junction.jobs (repository, created_at)
        SELECT CASE WHEN n <= 700 THEN 'acme/app' END, now() - (1000 - n) * interval '1 s'
        FROM generate_series(1, 703) AS n
        """);
    rows.run(
        """
        INSERT INTO junction.job_configs (job_id, config)
        SELECT id, '{"os": ["osx", ["ios"]]}' FROM junction.jobs WHERE repository IS NOT NULL
        """);
    assertThat(router.run(Wake.POLL)).isEqualTo(new RouteRound(0, 500, true, false));
    assertThat(router.run(Wake.HINT)).isEqualTo(new RouteRound(3, 200, false, false));
    assertThat(router.run(Wake.HINT)).isEqualTo(RouteRound.NOTHING);
  }

  @Test
  void values_of_any_size_and_kind_are_read_as_far_as_they_have_to_be() {
    var digits = "9".repeat(1_500);
    job("acme/app", "{\"os\": %s}".formatted(digits));
    job("acme/app", "{\"os\": 1%s}".formatted("0".repeat(100_000)));
    job("acme/app", "{\"os\": \"%s\"}".formatted("ü".repeat(500_000)));
    job("acme/app", "{\"os\": [], \"vm\": {\"size\": true}}");
    assertThat(router.run(Wake.POLL)).isEqualTo(new RouteRound(2, 2, false, false));
    assertThat(rows.texts("SELECT coalesce(queue, reason) FROM junction.jobs ORDER BY id"))
        .satisfiesExactly(
            first -> assertThat(first).isEqualTo("linux"),
            second ->
                assertThat(second)
                    .endsWith("os is longer than 2000 characters in its" + " config, not text"),
            third -> assertThat(third).contains("longer than 2000"),
            fourth -> assertThat(fourth).isEqualTo("linux"));
  }

  @Test
  void without_any_rules_a_job_without_a_queue_ends_errored() {
    job("", "{}");
    try (var bare = new DispatcherCopy()) {
      assertThat(bare.get(Router.class).run(Wake.POLL).errored()).isEqualTo(1);
    }
    assertThat(rows.text("SELECT reason FROM junction.jobs"))
        .isEqualTo(
            "its queue cannot be decided: there are no queue rules, neither over the API nor in"
                + " the configuration");
  }

  @Test
  void rules_that_are_put_hold_from_the_next_round_on_and_what_has_a_queue_keeps_it() {
    job("", "{}");
    router.run(Wake.POLL);
    put("other");
    change(transitions -> transitions.cancel(1, "test"));
    change(transitions -> transitions.restart(1, "test"));
    job("", "{}");
    assertThat(router.run(Wake.POLL).routed()).isEqualTo(1);
    assertThat(rows.texts("SELECT state || ' ' || queue FROM junction.jobs ORDER BY id"))
        .containsExactly("created linux", "created other");
  }

  @Test
  void a_job_that_ended_for_want_of_a_queue_is_asked_again_when_it_is_restarted() {
    job("acme/app", "{\"os\": {}}");
    router.run(Wake.POLL);
    put("any");
    change(transitions -> transitions.restart(1, "test"));
    assertThat(router.run(Wake.HINT).routed()).isEqualTo(1);
    assertThat(rows.text("SELECT queue FROM junction.jobs")).isEqualTo("any");
  }

  @Test
  void it_hears_of_jobs_without_a_queue_and_of_restarted_ones() {
    assertThat(router.hears(new Hint.Unrouted())).isTrue();
    assertThat(router.hears(new Hint.Created())).isTrue();
    assertThat(router.hears(new Hint.Queue("linux"))).isFalse();
  }

  @Test
  void two_routers_decide_about_each_job_once() {
    rows.run(
        """
        INSERT INTO junction.jobs (owner, created_at)
        SELECT 'owner-' || n % 300, now() - n * interval '1 s' FROM generate_series(1, 600) AS n
        """);
    try (var other = new DispatcherCopy(Map.of("junction.queue-rules.list", LIST))) {
      var routed =
          Concurrently.run(
              () -> untilNothingIsLeft(router), () -> untilNothingIsLeft(other.get(Router.class)));
      assertThat(routed.stream().mapToInt(Integer::intValue).sum()).isEqualTo(600);
    }
  }

  private static int untilNothingIsLeft(Router router) {
    int routed = 0;
    for (var round = router.run(Wake.POLL); !round.idle(); round = router.run(Wake.POLL)) {
      routed += round.routed();
    }
    return routed;
  }

  private void put(String queue) {
    rows.run(
        "INSERT INTO junction.queue_rules (rules) VALUES (jsonb_build_object('default', ?::text))",
        queue);
    assertThat(copy.get(CurrentRules.class).read().putAt()).isNotNull();
  }

  private void change(Consumer<JobTransitions> change) {
    copy.transaction()
        .executeWithoutResult(status -> change.accept(copy.get(JobTransitions.class)));
  }

  private void job(String repository, String config) {
    config(
        rows.number(
            "INSERT INTO junction.jobs (repository) VALUES (nullif(?, '')) RETURNING id",
            repository),
        config);
  }

  private void config(long job, String config) {
    rows.run("INSERT INTO junction.job_configs (job_id, config) VALUES (?, ?::jsonb)", job, config);
  }
}
