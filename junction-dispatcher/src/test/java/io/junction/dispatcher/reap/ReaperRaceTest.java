package io.junction.dispatcher.reap;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.dispatcher.DispatcherCopy;
import io.junction.dispatcher.Rows;
import io.junction.dispatcher.loop.Wake;
import io.junction.testing.Concurrently;
import io.junction.testing.Postgres;
import io.junction.testing.TestDatabase;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@Postgres
class ReaperRaceTest {

  private static final String LINUX = "builds.linux";

  private Rows rows;

  @BeforeEach
  void listening(TestDatabase database) {
    rows = new Rows(database);
    rows.listeningFor("1 h");
  }

  /**
   * The heartbeat has its row when the reaper finds it silent; the reaper waits and looks again.
   */
  @Test
  void a_heartbeat_that_is_under_way_saves_its_worker() {
    var worker = rows.worker(LINUX, 4);
    var assignment = rows.running(LINUX, worker);
    rows.silentFor(worker, "31 s");
    var beating = new CountDownLatch(1);
    try (var api = new DispatcherCopy();
        var copy = new DispatcherCopy()) {
      Concurrently.run(
          () -> {
            api.transaction()
                .executeWithoutResult(
                    status -> {
                      api.get(JdbcClient.class)
                          .sql(
                              """
                              UPDATE worker_heartbeats SET last_heartbeat = now()
                              WHERE worker_id = ?
                              """)
                          .param(worker)
                          .update();
                      beating.countDown();
                      TestDatabase.shared().awaitAWaiter();
                    });
            return true;
          },
          () -> {
            assertThat(beating.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(copy.get(Reaper.class).run(Wake.POLL).workers()).isZero();
            return true;
          });
    }
    assertThat(rows.text("SELECT lost_at FROM junction.workers")).isEqualTo("null");
    assertThat(
            rows.number(
                "SELECT count(*) FROM junction.assignments WHERE id = ? AND ended_at IS NULL",
                assignment))
        .isEqualTo(1);
  }

  /** The list is not committed yet, so the reaper sees the old one; but it cannot lock the row. */
  @Test
  void a_heartbeat_that_is_under_way_saves_what_it_lists() {
    rows.running(LINUX, rows.worker(LINUX, 4));
    rows.run("UPDATE junction.assignments SET last_heartbeat = now() - interval '31 s'");
    rows.run("UPDATE junction.worker_heartbeats SET listed_at = now() - interval '31 s'");
    try (var api = new DispatcherCopy();
        var copy = new DispatcherCopy()) {
      var reaper = copy.get(Reaper.class);
      api.transaction()
          .executeWithoutResult(
              status -> {
                api.get(JdbcClient.class)
                    .sql("UPDATE worker_heartbeats SET listed_at = now()")
                    .update();
                assertThat(reaper.run(Wake.POLL).lost()).isZero();
                status.setRollbackOnly();
              });
      assertThat(reaper.run(Wake.POLL).lost()).isEqualTo(1);
    }
  }

  @Test
  void two_reapers_close_everything_once() {
    for (int w = 0; w < 10; w++) {
      var worker = rows.worker(w % 2 == 0 ? LINUX : "mac", 20);
      for (int i = 0; i < 10; i++) {
        rows.running(w % 2 == 0 ? LINUX : "mac", worker);
      }
      if (w < 5) {
        rows.silentFor(worker, "1 h");
      }
    }
    rows.run("UPDATE junction.assignments SET timeout_at = now()");
    try (var one = new DispatcherCopy();
        var other = new DispatcherCopy()) {
      var closed =
          Concurrently.run(
              () -> untilNothingIsOpen(one.get(Reaper.class)),
              () -> untilNothingIsOpen(other.get(Reaper.class)));
      assertThat(closed.stream().mapToInt(Integer::intValue).sum()).isEqualTo(100);
    }
    assertThat(rows.number("SELECT count(*) FROM junction.workers WHERE lost_at IS NOT NULL"))
        .isEqualTo(5);
    assertThat(rows.number("SELECT max(attempt) FROM junction.jobs")).isEqualTo(2);
  }

  private int untilNothingIsOpen(Reaper reaper) {
    int closed = 0;
    while (rows.number("SELECT count(*) FROM junction.assignments WHERE ended_at IS NULL") > 0) {
      var round = reaper.run(Wake.POLL);
      closed += round.lost() + round.timedOut();
    }
    return closed;
  }
}
