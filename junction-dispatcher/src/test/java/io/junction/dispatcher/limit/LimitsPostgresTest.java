package io.junction.dispatcher.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.common.hint.Hint;
import io.junction.dispatcher.DispatcherCopy;
import io.junction.dispatcher.Rows;
import io.junction.dispatcher.loop.Wake;
import io.junction.testing.Postgres;
import io.junction.testing.TestDatabase;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The limits as they stand in the database, against what runs there. */
@Postgres
class LimitsPostgresTest {

  private DispatcherCopy copy;
  private Limiter limiter;
  private Rows rows;

  @BeforeEach
  void start(TestDatabase database) {
    rows = new Rows(database);
    copy =
        new DispatcherCopy(
            Map.of("junction.limits.owner", "2", "junction.limits.plans.startup", "3"));
    limiter = copy.get(Limiter.class);
  }

  @AfterEach
  void stop() {
    copy.close();
  }

  @Test
  void an_owner_of_whom_nothing_is_known_has_the_default() {
    ask("acme", 5);
    assertThat(letIn()).isEqualTo("1 2");
    assertThat(letIn()).isEmpty();
  }

  @Test
  void jobs_of_no_owner_are_not_limited() {
    rows.run("INSERT INTO junction.jobs (queue) SELECT 'q' FROM generate_series(1, 5)");
    assertThat(letIn()).isEqualTo("1 2 3 4 5");
  }

  @Test
  void a_plan_and_a_limit_and_a_boost_add_up_and_a_boost_ends() {
    rows.run(
        """
        INSERT INTO junction.owners (name, max_running, plan, boost, boost_until)
        VALUES ('acme', 1, 'startup', 2, now() + interval '1 h'),
          ('bolt', 1, NULL, 2, now() - interval '1 s'), ('none', NULL, 'gone', NULL, NULL),
          ('any', -1, NULL, NULL, NULL), ('held', 0, NULL, NULL, NULL)
        """);
    ask("acme", 8);
    ask("bolt", 3);
    ask("none", 1);
    ask("any", 4);
    ask("held", 1);
    assertThat(letIn()).isEqualTo("1 2 3 4 5 6 9 13 14 15 16");
  }

  @Test
  void what_is_queued_received_or_started_counts_whoever_queued_it() {
    ask("acme", 3);
    rows.run(
        """
        INSERT INTO junction.jobs (queue, state, queued_at, owner)
        VALUES ('q', 'queued', now(), 'acme')
        """);
    assertThat(letIn()).isEqualTo("1");
  }

  @Test
  void those_who_share_a_limit_count_together() {
    rows.run("INSERT INTO junction.owners (name, max_running) VALUES ('acme', 3)");
    rows.run("INSERT INTO junction.owners (name, shares_with) VALUES ('bolt', 'acme')");
    ask("bolt", 2);
    ask("acme", 2);
    assertThat(letIn()).isEqualTo("1 2 3");
    cancelTheFirst();
    limiter.hears(new Hint.Limit(Hint.Limit.Kind.OWNER, "bolt"));
    assertThat(limiter.run(Wake.HINT).queued()).as("the place of one is another's").isEqualTo(1);
  }

  @Test
  void a_repository_a_queue_of_an_owner_and_a_group_have_limits_of_their_own() {
    rows.run("INSERT INTO junction.owners (name, max_running) VALUES ('acme', -1)");
    rows.run("INSERT INTO junction.repositories VALUES ('acme/app', 1)");
    rows.run("INSERT INTO junction.owner_queues VALUES ('acme', 'macs', 1)");
    rows.run(
        """
        INSERT INTO junction.jobs (queue, owner, repository, concurrency_group)
        VALUES ('q', 'acme', 'acme/app', NULL), ('q', 'acme', 'acme/app', NULL),
          ('macs', 'acme', NULL, NULL), ('macs', 'acme', NULL, NULL),
          ('q', 'acme', NULL, 'deploy'), ('q', 'acme', NULL, 'deploy'), ('q', 'acme', NULL, NULL)
        """);
    assertThat(letIn()).isEqualTo("1 3 5 7");
  }

  @Test
  void who_waits_for_a_group_is_looked_at_when_a_place_of_another_owner_becomes_free() {
    rows.run(
        """
        INSERT INTO junction.jobs (queue, owner, concurrency_group)
        VALUES ('q', 'acme', 'deploy'), ('q', 'bolt', 'deploy')
        """);
    assertThat(letIn()).isEqualTo("1");
    cancelTheFirst();
    limiter.hears(new Hint.Limit(Hint.Limit.Kind.GROUP, "deploy"));
    assertThat(limiter.run(Wake.HINT).queued()).isEqualTo(1);
  }

  @Test
  void a_walk_goes_over_all_owners_a_chunk_at_a_time() {
    rows.run(
        """
        INSERT INTO junction.jobs (queue, owner)
        SELECT 'q', 'owner-' || n % 250 FROM generate_series(1, 1000) AS n
        """);
    int queued = 0;
    var round = limiter.run(Wake.POLL);
    for (int rounds = 0; round.again() && rounds < 100; rounds++) {
      queued += round.queued();
      round = limiter.run(Wake.HINT);
    }
    assertThat(queued + round.queued()).isEqualTo(500);
  }

  /** What is let in until nothing more is, by id. */
  private String letIn() {
    var before = rows.texts("SELECT id FROM junction.jobs WHERE in_line ORDER BY id");
    for (var round = limiter.run(Wake.POLL); round.again(); ) {
      round = limiter.run(Wake.HINT);
    }
    var after = rows.texts("SELECT id FROM junction.jobs WHERE in_line ORDER BY id");
    return String.join(" ", after.stream().filter(id -> !before.contains(id)).toList());
  }

  private void cancelTheFirst() {
    rows.run(
        """
        UPDATE junction.jobs SET state = 'canceled', canceled_at = now(), finished_at = now()
        WHERE id = 1
        """);
  }

  private void ask(String owner, int count) {
    rows.run(
        "INSERT INTO junction.jobs (queue, owner) SELECT 'q', ? FROM generate_series(1, ?)",
        owner,
        count);
  }
}
