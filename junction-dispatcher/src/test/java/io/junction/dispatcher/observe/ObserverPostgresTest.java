package io.junction.dispatcher.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.dispatcher.DispatcherCopy;
import io.junction.dispatcher.Rows;
import io.junction.dispatcher.loop.Wake;
import io.junction.testing.Postgres;
import io.junction.testing.TestDatabase;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@Postgres
class ObserverPostgresTest {

  private static final String LINUX = "builds.linux";

  private DispatcherCopy copy;
  private Rows rows;

  @BeforeEach
  void start(TestDatabase database) {
    rows = new Rows(database);
    copy = new DispatcherCopy();
  }

  @AfterEach
  void stop() {
    copy.close();
  }

  @Test
  void each_queue_has_its_figures() {
    var worker = rows.worker(LINUX, 5);
    rows.running(LINUX, worker);
    rows.placed(LINUX, worker);
    var jobs = rows.jobs(LINUX, 3);
    rows.run(
        "UPDATE junction.jobs SET priority = -4, queued_at = now() - interval '1 h' WHERE id = ?",
        jobs.get(1));
    rows.jobs("nobody", 7);
    observe();
    assertThat(gauge("junction.queue.depth", LINUX)).isEqualTo(3);
    assertThat(gauge("junction.queue.assignments", LINUX)).isEqualTo(2);
    assertThat(gauge("junction.queue.slots.free", LINUX)).isEqualTo(3);
    assertThat(gauge("junction.queue.oldest.age", LINUX)).isBetween(3_600.0, 3_700.0);
    assertThat(gauge("junction.queue.depth", "nobody")).isEqualTo(7);
    assertThat(gauge("junction.queue.slots.free", "nobody")).isEqualTo(0);
  }

  @Test
  void each_owner_whose_jobs_ask_has_figures_until_none_does() {
    rows.run("INSERT INTO junction.owners (name, max_running) VALUES ('acme', 3)");
    rows.run(
        """
        INSERT INTO junction.jobs (queue, owner, state, queued_at)
        VALUES ('q', 'acme', 'created', NULL), ('q', 'acme', 'created', NULL),
          ('q', 'acme', 'created', NULL), ('q', 'acme', 'queued', now()),
          ('q', 'bolt', 'queued', now())
        """);
    observe();
    assertThat(ofOwner("junction.owner.total", "acme")).isEqualTo(3);
    assertThat(ofOwner("junction.owner.running", "acme")).isEqualTo(1);
    assertThat(ofOwner("junction.owner.max", "acme")).isEqualTo(3);
    assertThat(ofOwner("junction.owner.queueable", "acme")).isEqualTo(2);
    assertThat(ofOwner("junction.owner.total", "bolt")).isNull();
    rows.run("DELETE FROM junction.jobs WHERE state = 'created'");
    observe();
    assertThat(ofOwner("junction.owner.total", "acme")).isNull();
  }

  @Test
  void free_slots_are_those_that_a_job_could_take_now() {
    rows.worker(LINUX, 5);
    rows.queue(LINUX, 2);
    observe();
    assertThat(gauge("junction.queue.slots.free", LINUX)).isEqualTo(2);
    rows.run("UPDATE junction.queues SET paused_at = now()");
    observe();
    assertThat(gauge("junction.queue.slots.free", LINUX)).isEqualTo(0);
    rows.run("UPDATE junction.queues SET paused_at = NULL");
    rows.run("UPDATE junction.worker_heartbeats SET last_heartbeat = now() - interval '21 s'");
    observe();
    assertThat(gauge("junction.queue.slots.free", LINUX)).isEqualTo(0);
  }

  @Test
  void the_gauges_of_a_queue_that_is_gone_disappear() {
    rows.jobs("passing", 2);
    observe();
    assertThat(gauge("junction.queue.depth", "passing")).isEqualTo(2);
    rows.run("DELETE FROM junction.jobs");
    observe();
    assertThat(gauge("junction.queue.depth", "passing")).isNull();
  }

  private void observe() {
    copy.get(Observer.class).run(Wake.POLL);
  }

  private @Nullable Double gauge(String name, String queue) {
    return tagged(name, "queue", queue);
  }

  private @Nullable Double ofOwner(String name, String owner) {
    return tagged(name, "owner", owner);
  }

  private @Nullable Double tagged(String name, String tag, String value) {
    Gauge gauge = copy.get(MeterRegistry.class).find(name).tag(tag, value).gauge();
    return gauge == null ? null : gauge.value();
  }
}
