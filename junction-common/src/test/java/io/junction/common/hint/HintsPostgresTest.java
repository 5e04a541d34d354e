package io.junction.common.hint;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.testing.Postgres;
import io.junction.testing.TestDatabase;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

@Postgres
class HintsPostgresTest {

  private final BlockingQueue<Hint> heard = new LinkedBlockingQueue<>();
  private Hints hints;
  private TestDatabase database;
  private @Nullable HintListener listener;

  @BeforeEach
  void build(TestDatabase shared) {
    database = shared;
    hints = new Hints(new HintStatements(shared.jdbc()));
  }

  @AfterEach
  void stop() {
    if (listener != null) {
      listener.stop();
    }
  }

  @Test
  void who_begins_to_listen_knows_that_it_may_have_missed_something() throws Exception {
    listen(HintListener.forQueues(details(), heard::add));
    assertThat(next()).isEqualTo(new Hint.Unknown());
  }

  @Test
  void builds_are_hinted_at_while_somebody_has_subscribed() throws Exception {
    listen(HintListener.forQueues(details(), heard::add));
    next();
    database.jdbc().sql("INSERT INTO junction.builds (repository) VALUES ('unheard')").update();
    database
        .jdbc()
        .sql(
            """
            INSERT INTO junction.subscriptions (id, kind, target, on_success, on_failure, on_start,
              on_pull_requests)
            VALUES (gen_random_uuid(), 'email', '{}', 'always', 'always', 'never', false)
            """)
        .update();
    database
        .jdbc()
        .sql("UPDATE junction.builds SET state = 'started', started_at = now()")
        .update();
    hints.deliveries();
    assertThat(List.of(next(), next())).containsExactly(new Hint.Event(), new Hint.Delivery());
  }

  @Test
  void queues_and_created_jobs_are_heard_by_those_who_place() throws Exception {
    listen(HintListener.forQueues(details(), heard::add));
    next();
    hints.workers(List.of(UUID.randomUUID()));
    hints.queues(List.of("b", "a", "b"));
    hints.slots(List.of("c"));
    hints.created();
    assertThat(List.of(next(), next(), next(), next()))
        .containsExactly(
            new Hint.Queue("a"), new Hint.Queue("b"), new Hint.Slot("c"), new Hint.Created());
  }

  @Test
  void an_insert_by_anybody_is_heard() throws Exception {
    listen(HintListener.forQueues(details(), heard::add));
    next();
    database
        .jdbc()
        .sql(
            """
            INSERT INTO junction.jobs (queue, state, queued_at)
            VALUES ('q', 'queued', now()), ('q', 'queued', now()), ('q', 'created', NULL),
              (NULL, 'created', NULL)
            """)
        .update();
    assertThat(List.of(next(), next(), next()))
        .containsExactly(
            new Hint.Queue("q"), new Hint.Limit(Hint.Limit.Kind.OWNER, ""), new Hint.Unrouted());
  }

  @Test
  void many_workers_are_told_in_several_hints() throws Exception {
    listen(HintListener.forWorkers(details(), heard::add));
    next();
    var ids = IntStream.range(0, 450).mapToObj(n -> UUID.randomUUID()).toList();
    hints.workers(ids);
    int hintsHeard = 0;
    var missing = new HashSet<>(ids);
    while (!missing.isEmpty()) {
      assertThat(next())
          .isInstanceOfSatisfying(Hint.Workers.class, hint -> missing.removeAll(hint.ids()));
      hintsHeard++;
    }
    assertThat(hintsHeard).isEqualTo(3);
  }

  @Test
  void what_cannot_be_read_means_that_anything_may_have_changed() throws Exception {
    listen(HintListener.forWorkers(details(), heard::add));
    next();
    var worker = UUID.randomUUID();
    database.jdbc().sql("NOTIFY junction_worker, 'nobody'").update();
    hints.workers(List.of(worker));
    assertThat(next()).isEqualTo(new Hint.Unknown());
    assertThat(next()).isEqualTo(new Hint.Workers(Set.of(worker)));
  }

  @Test
  void a_listener_whose_connection_is_cut_comes_back_and_says_so() throws Exception {
    listen(HintListener.forQueues(details(), heard::add));
    next();
    database
        .jdbc()
        .sql(
            """
            SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
            WHERE application_name = 'junction-hints' AND datname = current_database()
            """)
        .query((row, n) -> row.getLong(1))
        .single();
    assertThat(next()).isEqualTo(new Hint.Unknown());
    hints.created();
    assertThat(next()).isEqualTo(new Hint.Created());
  }

  private void listen(HintListener listening) {
    listener = listening;
    listening.start();
  }

  private @Nullable Hint next() throws InterruptedException {
    return heard.poll(20, TimeUnit.SECONDS);
  }

  private JdbcConnectionDetails details() {
    return new JdbcConnectionDetails() {
      @Override
      public String getUsername() {
        return database.username();
      }

      @Override
      public String getPassword() {
        return database.password();
      }

      @Override
      public String getJdbcUrl() {
        return database.jdbcUrl();
      }
    };
  }
}
