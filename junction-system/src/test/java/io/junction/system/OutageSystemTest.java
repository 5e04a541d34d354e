package io.junction.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** I7: no worker is given up on because Junction could not hear it. */
@Order(6)
@ExtendWith(ClusterExtension.class)
class OutageSystemTest {

  private static final int JOBS = 250;
  private static final int MIDDLE = 100;

  @TempDir Path folder;

  @Test
  @Order(1)
  void no_live_worker_loses_a_job_while_postgres_is_away_for_longer_than_its_silence(
      Cluster cluster) {
    outage(
        cluster,
        "postgres-away",
        () -> {
          cluster.crashPostgres();
          Pace.letPass(Pace.LONGER_THAN_SILENCE);
        },
        cluster::startPostgres);
  }

  @Test
  @Order(2)
  void no_live_worker_loses_a_job_while_every_api_is_away_for_longer_than_its_silence(
      Cluster cluster) {
    outage(
        cluster,
        "api-away",
        () -> {
          cluster.apis().forEach(Daemon::kill);
          Pace.letPass(Pace.LONGER_THAN_SILENCE);
        },
        cluster::complete);
  }

  /** One long job ends while Junction is away, one runs all through it and beyond. */
  private void outage(Cluster cluster, String queue, Runnable away, Runnable back) {
    var scheduler = new Scheduler(cluster.jdbc());
    var ending = new GatedJob(folder.resolve("ending"));
    var running = new GatedJob(folder.resolve("running"));
    cluster.worker(queue, 10);
    cluster.worker(queue, 10);
    cluster.awaitWorkers(queue, 2);
    scheduler.enqueue(queue, ending.config(), false);
    scheduler.enqueue(queue, running.config(), false);
    ending.awaitStart(1);
    running.awaitStart(1);
    scheduler.enqueue(queue, JOBS, Scheduler.SHORT);
    scheduler.awaitFinals(queue, MIDDLE);

    away.run();
    ending.open(1);
    ending.awaitEnd(1);
    back.run();

    scheduler.awaitFinals(queue, JOBS + 1);
    assertThat(running.runs(1)).isTrue();
    running.open(1);
    scheduler.awaitFinals(queue, JOBS + 2);
    new History(cluster.jdbc()).of(queue).shows(JOBS + 2).showsNothingLost();
    for (var job : List.of(ending, running)) {
      assertThat(job.story()).containsExactly("start 1", "end 1");
    }
  }
}
