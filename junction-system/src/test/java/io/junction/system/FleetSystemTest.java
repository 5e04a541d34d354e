package io.junction.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two dispatchers and two APIs at once over one database. */
@Order(3)
@ExtendWith(ClusterExtension.class)
class FleetSystemTest {

  private static final long SEED = 20_260_101;

  @Test
  @Order(1)
  void two_of_each_keep_the_capacity_and_the_order(Cluster cluster) throws IOException {
    var scheduler = new Scheduler(cluster.jdbc());
    cluster.complete();
    String queue = "capacity.3";
    int jobs = 1_000;
    try (var http = new Http(cluster.apis());
        var fleet = new Fleet(http, queue)) {
      http.send("PUT", "/v1/queues/" + queue, Cluster.OPERATOR_TOKEN, Map.of("capacity", 3));
      var submitted = http.send("POST", "/v1/jobs", Cluster.OPERATOR_TOKEN, jobs(queue, jobs, 3));
      assertThat(submitted.size()).isEqualTo(jobs);
      fleet.start(4, 2);
      scheduler.awaitFinals(queue, jobs);
      assertThat(fleet.surprises()).isEmpty();
      assertThat(fleet.acknowledged()).hasSize(jobs);
    }
    var evidence = new History(cluster.jdbc()).of(queue).shows(jobs).showsNothingLost();
    assertThat(evidence.most().openOfTheQueue()).isEqualTo(3);
    assertThat(evidence.most().openOfAWorker()).isLessThanOrEqualTo(2);
  }

  @Test
  @Order(2)
  void sigterm_ends_a_dispatcher_with_nothing_half_done(Cluster cluster) throws IOException {
    var scheduler = new Scheduler(cluster.jdbc());
    var history = new History(cluster.jdbc());
    String queue = "sigterm";
    int jobs = 500;
    try (var http = new Http(cluster.apis());
        var fleet = new Fleet(http, queue)) {
      scheduler.enqueue(queue, jobs, "{}");
      fleet.start(2, 3);
      scheduler.awaitFinals(queue, 200);
      long start = System.nanoTime();
      int code = cluster.dispatchers().getFirst().terminate();
      System.out.printf(
          "a dispatcher ended with %d in %d ms, %d jobs were final%n",
          code, (System.nanoTime() - start) / 1_000_000, scheduler.finals(queue));
      assertThat(code).isIn(0, 143);
      assertThat(history.halfDone(queue)).isZero();
      scheduler.awaitFinals(queue, jobs);
      assertThat(fleet.surprises()).isEmpty();
    }
    history.of(queue).shows(jobs).showsNothingLost();
  }

  private static List<Map<String, Object>> jobs(String queue, int count, int priorities) {
    System.out.println("seed of the priorities: " + SEED);
    var random = new Random(SEED);
    return Stream.generate(
            () -> Map.<String, Object>of("queue", queue, "priority", random.nextInt(priorities)))
        .limit(count)
        .toList();
  }
}
