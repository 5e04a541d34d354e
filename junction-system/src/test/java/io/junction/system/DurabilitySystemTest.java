package io.junction.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.testing.Concurrently;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What was answered is true, also when everything dies with the answer. */
@Order(7)
@ExtendWith(ClusterExtension.class)
class DurabilitySystemTest {

  private static final int JOBS = 2_000;

  @Test
  void what_was_answered_survives_the_death_of_everything(Cluster cluster) throws IOException {
    var scheduler = new Scheduler(cluster.jdbc());
    String queue = "durability";
    var acknowledged = finishSomeAndKillEverything(cluster, queue);
    assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(200).hasSizeLessThan(JOBS);

    cluster.startPostgres();
    assertThat(passed(cluster, acknowledged))
        .as("passed of those whose finish was answered")
        .isEqualTo(acknowledged.size());
    assertThat(new History(cluster.jdbc()).halfDone(queue)).isZero();
    System.out.println(
        "finishes that were answered before everything died: " + acknowledged.size());

    cluster.ready();
    try (var http = new Http(cluster.apis());
        var fleet = new Fleet(http, queue)) {
      fleet.start(2, 20);
      scheduler.awaitFinals(queue, JOBS);
      assertThat(fleet.surprises()).isEmpty();
    }
    new History(cluster.jdbc()).of(queue).shows(JOBS);
  }

  private static Set<Long> finishSomeAndKillEverything(Cluster cluster, String queue)
      throws IOException {
    try (var http = new Http(cluster.apis());
        var fleet = new Fleet(http, queue)) {
      var jobs = Collections.nCopies(JOBS, Map.of("queue", queue));
      http.send("POST", "/v1/jobs", Cluster.OPERATOR_TOKEN, jobs);
      fleet.start(4, 5);
      Pace.awaiting("some finishes to be answered").until(() -> fleet.acknowledged().size() >= 200);
      killEverything(cluster);
      fleet.awaitEnd();
      assertThat(fleet.surprises()).isEmpty();
      return Set.copyOf(fleet.acknowledged());
    }
  }

  private static void killEverything(Cluster cluster) {
    var kills = new ArrayList<Callable<Boolean>>();
    kills.add(
        () -> {
          cluster.crashPostgres();
          return true;
        });
    for (var daemons : List.of(cluster.apis(), cluster.dispatchers())) {
      for (var daemon : daemons) {
        kills.add(
            () -> {
              daemon.kill();
              return true;
            });
      }
    }
    assertThat(Concurrently.run(kills)).doesNotContain(false);
  }

  private static int passed(Cluster cluster, Set<Long> jobs) {
    return cluster
        .jdbc()
        .sql("SELECT count(*) FROM junction.jobs WHERE id = ANY (:jobs) AND state = 'passed'")
        .param("jobs", jobs.toArray(Long[]::new))
        .query((row, n) -> row.getInt(1))
        .single();
  }
}
