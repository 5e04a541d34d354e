package io.junction.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each process, killed in the middle of 500 jobs of 50 ms. */
@Order(5)
@ExtendWith(ClusterExtension.class)
class KillSystemTest {

  private static final int JOBS = 500;
  private static final int SLOTS = 10;

  /** Enough of them are final, and far from all. */
  private static final int MIDDLE = 150;

  @Test
  @Order(1)
  void a_killed_worker_costs_attempts_and_no_job(Cluster cluster) {
    var scheduler = new Scheduler(cluster.jdbc());
    String queue = "kill-worker";
    var victim = inTheMiddle(cluster, queue);
    victim.kill();
    cluster.worker(queue, SLOTS);
    scheduler.awaitFinals(queue, JOBS);
    var evidence = new History(cluster.jdbc()).of(queue).shows(JOBS);
    assertThat(evidence.outcomes()).containsOnlyKeys("finished", "lost");
    assertThat(evidence.outcomes().get("finished")).isEqualTo(JOBS);
    assertThat(evidence.most().attempts()).isEqualTo(2);
  }

  @Test
  @Order(2)
  void a_crash_of_postgres_costs_nothing(Cluster cluster) {
    String queue = "crash-postgres";
    var _ = inTheMiddle(cluster, queue);
    cluster.crashPostgres();
    cluster.startPostgres();
    allPassAtTheFirstAttempt(cluster, queue);
  }

  @Test
  @Order(3)
  void a_killed_dispatcher_costs_nothing(Cluster cluster) {
    cluster.complete();
    String queue = "kill-dispatcher";
    var _ = inTheMiddle(cluster, queue);
    cluster.dispatchers().getFirst().kill();
    allPassAtTheFirstAttempt(cluster, queue);
  }

  @Test
  @Order(4)
  void a_killed_api_costs_nothing(Cluster cluster) {
    String queue = "kill-api";
    var _ = inTheMiddle(cluster, queue);
    cluster.apis().getFirst().kill();
    allPassAtTheFirstAttempt(cluster, queue);
  }

  /** Two workers on 500 jobs, of which some are final; returns one of the two. */
  private static Child inTheMiddle(Cluster cluster, String queue) {
    var scheduler = new Scheduler(cluster.jdbc());
    var first = cluster.worker(queue, SLOTS);
    cluster.worker(queue, SLOTS);
    cluster.awaitWorkers(queue, 2);
    scheduler.enqueue(queue, JOBS, Scheduler.SHORT);
    scheduler.awaitFinals(queue, MIDDLE);
    assertThat(scheduler.finals(queue)).as("final jobs in the middle").isLessThan(JOBS - 100);
    return first;
  }

  private static void allPassAtTheFirstAttempt(Cluster cluster, String queue) {
    new Scheduler(cluster.jdbc()).awaitFinals(queue, JOBS);
    new History(cluster.jdbc()).of(queue).shows(JOBS).showsNothingLost();
  }
}
