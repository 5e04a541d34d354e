package io.junction.dispatcher.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.common.hint.Hint;
import io.junction.dispatcher.DispatcherCopy;
import io.junction.dispatcher.Rows;
import io.junction.dispatcher.loop.Wake;
import io.junction.testing.Concurrently;
import io.junction.testing.Postgres;
import io.junction.testing.TestDatabase;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@Postgres
class LimiterPostgresTest {

  private DispatcherCopy copy;
  private Limiter limiter;
  private Rows rows;

  @BeforeEach
  void start(TestDatabase database) {
    rows = new Rows(database);
    copy = new DispatcherCopy(Map.of("junction.limiter.batch", "3"));
    limiter = copy.get(Limiter.class);
  }

  @AfterEach
  void stop() {
    copy.close();
  }

  @Test
  void created_jobs_are_queued_the_oldest_first_a_batch_at_a_time() {
    created(5);
    assertThat(limiter.run(Wake.POLL)).isEqualTo(new LimitRound(3, true, false, null));
    assertThat(rows.texts("SELECT id FROM junction.jobs WHERE state = 'queued' ORDER BY id"))
        .containsExactly("1", "2", "3");
    assertThat(limiter.run(Wake.HINT)).isEqualTo(new LimitRound(2, true, false, null));
    assertThat(limiter.run(Wake.HINT)).isEqualTo(new LimitRound(0, false, false, null));
    assertThat(limiter.run(Wake.POLL)).isEqualTo(new LimitRound(0, false, true, null));
  }

  @Test
  void a_new_job_is_queued_now_and_a_restarted_one_by_its_first_age() {
    created(2);
    rows.run("UPDATE junction.jobs SET first_queued_at = created_at - interval '1 h' WHERE id = 2");
    limiter.run(Wake.POLL);
    assertThat(rows.text("SELECT queued_at = first_queued_at FROM junction.jobs WHERE id = 2"))
        .isEqualTo("t");
    assertThat(
            rows.text(
                "SELECT queued_at > now() - interval '1 min' FROM junction.jobs WHERE id = 1"))
        .isEqualTo("t");
  }

  @Test
  void a_job_of_a_stage_waits_for_the_stages_before_it() {
    rows.run("INSERT INTO junction.builds (id) VALUES (1)");
    rows.run("INSERT INTO junction.stages (id, build_id, number) VALUES (1, 1, 1), (2, 1, 2)");
    rows.run(
        """
        INSERT INTO junction.jobs (queue, build_id, stage_id)
        VALUES ('builds.linux', 1, 2), ('builds.linux', 1, 1), ('builds.linux', NULL, NULL)
        """);
    assertThat(limiter.run(Wake.POLL).queued()).isEqualTo(2);
    assertThat(rows.texts("SELECT id FROM junction.jobs WHERE state = 'created'"))
        .containsExactly("1");
    assertThat(limiter.run(Wake.POLL)).isEqualTo(new LimitRound(0, false, true, null));

    rows.run("UPDATE junction.stages SET state = 'passed', finished_at = now() WHERE id = 1");
    assertThat(limiter.run(Wake.POLL).queued()).isEqualTo(1);
  }

  @Test
  void a_stage_that_is_open_again_holds_what_comes_after_it() {
    rows.run("INSERT INTO junction.builds (id) VALUES (1)");
    rows.run(
        """
        INSERT INTO junction.stages (id, build_id, number, state, finished_at)
        VALUES (1, 1, 1, 'passed', now()), (2, 1, 2, 'created', NULL)
        """);
    rows.run("INSERT INTO junction.jobs (queue, build_id, stage_id) VALUES ('builds.linux', 1, 2)");
    rows.run("UPDATE junction.stages SET state = 'started', finished_at = NULL WHERE id = 1");
    assertThat(limiter.run(Wake.POLL).queued()).isZero();
  }

  @Test
  void a_held_job_waits_until_its_time_has_come_and_the_limiter_knows_when() {
    created(2);
    rows.run("UPDATE junction.jobs SET held_until = now() + interval '1 h' WHERE id = 1");
    assertThat(limiter.run(Wake.POLL).queued()).isEqualTo(1);
    var round = limiter.run(Wake.POLL);
    assertThat(round.queued()).isZero();
    assertThat(round.idle()).isFalse();
    assertThat(round.nextLook()).isBetween(Duration.ofMinutes(59), Duration.ofMinutes(60));

    rows.run("UPDATE junction.jobs SET held_until = now() - interval '1 s' WHERE id = 1");
    assertThat(limiter.run(Wake.POLL).queued()).isEqualTo(1);
    assertThat(rows.text("SELECT held_until FROM junction.jobs WHERE id = 1")).isEqualTo("null");
  }

  @Test
  void it_hears_of_created_jobs_and_of_nothing_else() {
    assertThat(limiter.hears(new Hint.Created())).isTrue();
    assertThat(limiter.hears(new Hint.Limit(Hint.Limit.Kind.OWNER, "acme"))).isTrue();
    assertThat(limiter.hears(new Hint.Queue("builds.linux"))).isFalse();
  }

  @Test
  void two_limiters_queue_each_job_once() {
    created(300);
    try (var other = new DispatcherCopy(Map.of("junction.limiter.batch", "7"))) {
      var queued =
          Concurrently.run(
              () -> untilNothingIsLeft(limiter),
              () -> untilNothingIsLeft(other.get(Limiter.class)));
      assertThat(queued.stream().mapToInt(Integer::intValue).sum()).isEqualTo(300);
    }
    assertThat(rows.number("SELECT count(*) FROM junction.jobs WHERE state = 'queued'"))
        .isEqualTo(300);
  }

  private int untilNothingIsLeft(Limiter limiter) {
    int queued = 0;
    while (rows.number("SELECT count(*) FROM junction.jobs WHERE state = 'created'") > 0) {
      queued += limiter.run(Wake.POLL).queued();
    }
    return queued;
  }

  private void created(int count) {
    rows.run(
        "INSERT INTO junction.jobs (queue) SELECT 'builds.linux' FROM generate_series(1, ?)",
        count);
  }
}
