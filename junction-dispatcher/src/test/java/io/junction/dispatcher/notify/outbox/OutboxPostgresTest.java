package io.junction.dispatcher.notify.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.common.hint.Hint;
import io.junction.dispatcher.DispatcherCopy;
import io.junction.dispatcher.Rows;
import io.junction.dispatcher.loop.Wake;
import io.junction.dispatcher.notify.BuildRows;
import io.junction.testing.Concurrently;
import io.junction.testing.Postgres;
import io.junction.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The batch is three events. */
@Postgres
class OutboxPostgresTest {

  private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);
  private static final Map<String, String> SETTINGS =
      Map.of("junction.notifications.batch", "3", "junction.notifications.key", KEY);

  private TestDatabase database;
  private DispatcherCopy copy;
  private Outbox outbox;
  private Rows rows;
  private BuildRows builds;

  @BeforeEach
  void start(TestDatabase shared) {
    database = shared;
    rows = new Rows(shared);
    builds = new BuildRows(rows);
    copy = new DispatcherCopy(SETTINGS);
    outbox = copy.get(Outbox.class);
  }

  @AfterEach
  void stop() {
    copy.close();
  }

  @Test
  void each_event_that_a_subscription_wants_becomes_one_delivery() {
    builds.webhook("acme/web");
    builds.webhook("acme/other");
    long build = builds.build();
    builds.start(build);
    builds.finish(build, "failed");
    assertThat(readAll()).isEqualTo(2);
    assertThat(kinds()).isEqualTo("build:started build:finished");
    assertThat(readAll()).isZero();
    assertThat(outbox.run(Wake.POLL)).isEqualTo(OutboxRound.NOTHING);
  }

  @Test
  void events_of_jobs_workers_and_queues_are_passed_over() {
    builds.webhook("acme/web");
    rows.worker("linux", 1);
    rows.jobs("linux", 5);
    assertThat(readAll()).isZero();
    long build = builds.build();
    builds.finish(build, "passed");
    assertThat(readAll()).isEqualTo(1);
  }

  /**
   * Event 1 is taken by a transaction that goes on; 2 and 3 commit, and are read. Then 1 commits.
   */
  @Test
  void an_event_that_becomes_visible_after_later_ones_is_not_missed() throws SQLException {
    builds.webhook("acme/web");
    try (var slow = slowBuild("started")) {
      finishAnother();
      assertThat(readAll()).isEqualTo(1);
      finishAnother();
      assertThat(readAll()).isEqualTo(1);
      slow.commit();
    }
    assertThat(readAll()).isEqualTo(1);
    assertThat(kinds()).isEqualTo("build:started build:finished build:finished");
    assertThat(readAll()).isZero();
  }

  /** The slow one has begun before the cursor was, and writes its event only afterwards. */
  @Test
  void a_transaction_that_had_not_written_when_the_cursor_moved_is_not_missed()
      throws SQLException {
    builds.webhook("acme/web");
    long build = builds.build();
    try (var slow = connection()) {
      execute(slow, "SELECT count(*) FROM junction.builds");
      finishAnother();
      assertThat(readAll()).isEqualTo(1);
      execute(
          slow,
          "UPDATE junction.builds SET state = 'started', started_at = now() WHERE id = " + build);
      finishAnother();
      assertThat(readAll()).isEqualTo(1);
      slow.commit();
    }
    assertThat(readAll()).isEqualTo(1);
  }

  /**
   * The slow one is younger than the last that has ended, so that no snapshot lists it; its event
   * has the lower id.
   */
  @Test
  void a_transaction_that_no_snapshot_lists_is_not_missed() throws SQLException {
    builds.webhook("acme/web");
    long build = builds.build();
    assertThat(readAll()).isZero();
    try (var older = connection()) {
      execute(older, "SELECT pg_current_xact_id()");
      try (var slow = slowBuild("started")) {
        execute(
            older,
            "UPDATE junction.builds SET state = 'started', started_at = now() WHERE id = " + build);
        older.commit();
        outbox.run(Wake.POLL); // once: what it writes itself ends the gap for the next round
        slow.commit();
      }
    }
    assertThat(readAll()).isEqualTo(1);
    assertThat(kinds()).isEqualTo("build:started build:started");
  }

  @Test
  void what_is_rolled_back_was_never_there() throws SQLException {
    builds.webhook("acme/web");
    try (var slow = slowBuild("started")) {
      finishAnother();
      assertThat(readAll()).isEqualTo(1);
      slow.rollback();
    }
    assertThat(readAll()).isZero();
  }

  /** A round whose transaction fails after it has inserted has changed nothing. */
  @Test
  void a_round_that_dies_before_its_commit_is_read_again() {
    builds.webhook("acme/web");
    finishAnother();
    outbox.run(Wake.POLL);
    copy.transaction()
        .executeWithoutResult(
            status -> {
              finishAnother();
              status.setRollbackOnly();
            });
    copy.transaction()
        .executeWithoutResult(
            status -> {
              outbox.run(Wake.POLL);
              status.setRollbackOnly();
            });
    readAll();
    assertThat(rows.number("SELECT count(*) FROM junction.deliveries"))
        .isEqualTo(
            rows.number("SELECT count(*) FROM junction.events WHERE kind = 'build:finished'"));
  }

  @Test
  void several_outboxes_beside_writers_make_each_delivery_once() {
    builds.webhook("acme/web");
    builds.webhook("acme/web");
    try (var other = new DispatcherCopy(SETTINGS)) {
      Concurrently.run(
          () -> write(60),
          () -> write(60),
          () -> read(outbox, 200),
          () -> read(other.get(Outbox.class), 200));
    }
    readAll();
    assertThat(rows.number("SELECT count(*) FROM junction.deliveries")).isEqualTo(480);
  }

  @Test
  void rules_and_filters_decide() {
    var quiet = builds.webhook("acme/web");
    rows.run(
        "UPDATE junction.subscriptions SET on_start = 'never', on_success = 'change',"
            + " branch = 'rel*' WHERE id = ?",
        quiet);
    ended("main", "", "passed", "push");
    ended("release", "passed", "passed", "push");
    assertThat(readAll()).isZero();
    ended("release", "failed", "passed", "push");
    ended("release", "passed", "failed", "push");
    assertThat(readAll()).isEqualTo(2);
    rows.run("UPDATE junction.subscriptions SET on_pull_requests = false");
    ended("release", "passed", "failed", "pull_request");
    assertThat(readAll()).isZero();
  }

  @Test
  void one_for_an_owner_or_for_all_hears_of_each_repository() {
    var owners = builds.webhook("acme/web");
    var all = builds.webhook("acme/web");
    rows.run("UPDATE junction.subscriptions SET repository = NULL");
    rows.run("UPDATE junction.subscriptions SET owner = 'acme' WHERE id = ?", owners);
    builds.finish(builds.build("acme", "acme/b", "x"), "passed");
    builds.finish(builds.build("other", "other/b", "x"), "passed");
    assertThat(readAll()).isEqualTo(3);
    assertThat(
            rows.number("SELECT count(*) FROM junction.deliveries WHERE subscription_id = ?", all))
        .isEqualTo(2);
  }

  @Test
  void a_disabled_one_hears_nothing() {
    builds.webhook("acme/web");
    rows.run("UPDATE junction.subscriptions SET disabled_at = now(), disabled_reason = 'dead'");
    finishAnother();
    assertThat(readAll()).isZero();
  }

  @Test
  void what_a_config_says_holds_for_its_build_alone() {
    long build = builds.build();
    config(
        build,
        """
        {"notifications": {"email": "a@example.com", "slack": "acme:t0ken", "campfire": "x",
          "webhooks": {"urls": "https://example.com/", "on_start": "always"}}}
        """);
    builds.start(build);
    builds.finish(build, "passed");
    finishAnother();
    assertThat(readAll()).isEqualTo(4);
    assertThat(rows.texts("SELECT kind FROM junction.subscriptions ORDER BY id"))
        .containsExactlyInAnyOrder("email", "slack", "webhook");
    assertThat(rows.text("SELECT target::text FROM junction.subscriptions WHERE kind = 'slack'"))
        .doesNotContain("t0ken");
    assertThat(rows.number("SELECT count(*) FROM junction.deliveries WHERE build_id <> ?", build))
        .isZero();
  }

  @Test
  void without_a_key_what_is_secret_in_a_config_is_left_out_and_the_rest_holds() {
    try (var keyless = new DispatcherCopy()) {
      long build = builds.build();
      config(build, "{\"notifications\": {\"email\": \"a@b.io\", \"slack\": \"acme:t0ken\"}}");
      var round = keyless.get(Outbox.class).run(Wake.POLL);
      assertThat(round.subscriptions()).isEqualTo(1);
      assertThat(round.refusals()).isEqualTo(1);
    }
  }

  @Test
  void it_hears_of_builds_and_of_nothing_else() {
    assertThat(outbox.hears(new Hint.Event())).isTrue();
    assertThat(outbox.hears(new Hint.Delivery())).isFalse();
    assertThat(outbox.hears(new Hint.Created())).isFalse();
  }

  private int readAll() {
    int deliveries = 0;
    for (int round = 0; round < 100; round++) {
      var read = outbox.run(Wake.POLL);
      deliveries += read.deliveries();
      if (read.idle()) {
        return deliveries;
      }
    }
    throw new AssertionError("there is no end of events");
  }

  private static boolean read(Outbox outbox, int rounds) {
    for (int round = 0; round < rounds; round++) {
      outbox.run(Wake.HINT);
    }
    return true;
  }

  private boolean write(int times) {
    for (int n = 0; n < times; n++) {
      long build = builds.build();
      builds.start(build);
      builds.finish(build, "passed");
    }
    return true;
  }

  private void finishAnother() {
    builds.finish(builds.build(), "passed");
  }

  private void ended(String branch, String previous, String state, String type) {
    long build = builds.build("acme", "acme/web", branch);
    rows.run(
        "UPDATE junction.builds SET previous_state = nullif(?, ''), event_type = ? WHERE id = ?",
        previous,
        type,
        build);
    builds.finish(build, state);
  }

  private void config(long build, String config) {
    rows.run(
        "INSERT INTO junction.build_configs (build_id, config) VALUES (?, ?::jsonb)",
        build,
        config);
  }

  private String kinds() {
    return rows.text(
        """
        SELECT string_agg(e.kind, ' ' ORDER BY e.id)
        FROM junction.deliveries d JOIN junction.events e ON e.id = d.event_id
        """);
  }

  private Connection slowBuild(String state) throws SQLException {
    long build = builds.build();
    var slow = connection();
    execute(
        slow,
        "UPDATE junction.builds SET state = '%s', started_at = now() WHERE id = %d"
            .formatted(state, build));
    return slow;
  }

  private Connection connection() throws SQLException {
    var connection = database.inSchema().getConnection();
    connection.setAutoCommit(false);
    return connection;
  }

  private static void execute(Connection connection, String statement) throws SQLException {
    try (var executed = connection.createStatement()) {
      executed.execute(statement);
    }
  }
}
