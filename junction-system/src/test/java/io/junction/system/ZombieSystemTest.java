package io.junction.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Workers that are given up on while they live. */
@Order(4)
@ExtendWith(ClusterExtension.class)
class ZombieSystemTest {

  @TempDir Path folder;

  @Test
  void a_zombie_changes_nothing_and_ends_what_it_runs(Cluster cluster) {
    var scheduler = new Scheduler(cluster.jdbc());
    String queue = "zombie";
    var ending = new GatedJob(folder.resolve("ending"));
    var running = new GatedJob(folder.resolve("running"));
    var zombie = cluster.worker(queue, 2);
    long endingId = scheduler.enqueue(queue, ending.config(), false);
    long runningId = scheduler.enqueue(queue, running.config(), false);
    for (var job : List.of(ending, running)) {
      job.awaitStart(1);
    }
    scheduler.awaitState(endingId, "started");
    scheduler.awaitState(runningId, "started");

    zombie.signal("STOP");
    cluster.worker(queue, 2);
    ending.awaitStart(2);
    running.awaitStart(2);
    ending.open(1);
    ending.awaitEnd(1);
    ending.open(2);
    scheduler.awaitState(endingId, "passed");
    assertThat(running.runs(1)).as("the zombie's job, which nobody has stopped").isTrue();
    zombie.signal("CONT");

    // Which of the two it hears first decides: that the job has ended, or that it is not its own.
    Pace.awaiting("the zombie to lose the job that has ended")
        .until(() -> zombie.said().matches("(?s).*(was refused|taken away).*"));
    Pace.awaiting("the zombie to end what it runs").until(() -> !running.runs(1));
    scheduler.awaitState(runningId, "started");
    running.open(2);
    scheduler.awaitFinals(queue, 2);
    var evidence = new History(cluster.jdbc()).of(queue).shows(2);
    assertThat(evidence.outcomes()).isEqualTo(Map.of("finished", 2, "lost", 2));
    assertThat(evidence.most().attempts()).isEqualTo(2);
    assertThat(running.story()).containsExactly("start 1", "overlap 2", "start 2", "end 2");
  }

  @Test
  void a_worker_that_is_cut_off_changes_nothing_and_its_exclusive_job_runs_once_at_a_time(
      Cluster cluster) {
    var scheduler = new Scheduler(cluster.jdbc());
    String queue = "cut";
    var exclusive = new GatedJob(folder.resolve("exclusive"));
    var plain = new GatedJob(folder.resolve("plain"));
    var wires = cluster.apis().stream().map(api -> new Wire(api.port())).toList();
    try {
      var cutOff = cluster.worker(queue, 2, wires.stream().map(Wire::url).toList());
      long exclusiveId = scheduler.enqueue(queue, exclusive.config(), true);
      long plainId = scheduler.enqueue(queue, plain.config(), false);
      scheduler.awaitState(exclusiveId, "started");
      scheduler.awaitState(plainId, "started");
      exclusive.awaitStart(1);
      plain.awaitStart(1);
      var worker = scheduler.workerOf(exclusiveId, 1);

      wires.forEach(Wire::cut);
      cluster.worker(queue, 2);
      exclusive.awaitStart(2);
      plain.awaitStart(2);
      plain.open(1);
      Pace.awaiting("the worker that is cut off to have a result to report")
          .until(() -> cutOff.said().contains("Job " + plainId + " ended"));
      long beats = scheduler.beatsOf(worker);
      wires.forEach(Wire::mend);

      Pace.awaiting("the late report to be refused")
          .until(() -> cutOff.said().contains("Update finish of assignment"));
      assertThat(cutOff.said()).contains("was refused");
      Pace.awaiting("the worker to beat again").until(() -> scheduler.beatsOf(worker) > beats + 3);
      assertThat(scheduler.job(exclusiveId).state()).isEqualTo("started");
      assertThat(scheduler.job(plainId).state()).isEqualTo("started");
      exclusive.open(2);
      plain.open(2);
      scheduler.awaitFinals(queue, 2);
    } finally {
      wires.forEach(Wire::close);
    }
    var evidence = new History(cluster.jdbc()).of(queue).shows(2);
    assertThat(evidence.outcomes()).isEqualTo(Map.of("finished", 2, "lost", 2));
    assertThat(evidence.most().attempts()).isEqualTo(2);
    assertThat(exclusive.story()).containsExactly("start 1", "start 2", "end 2");
    assertThat(plain.story()).containsExactly("start 1", "overlap 2", "start 2", "end 1", "end 2");
  }

  @Test
  void a_cut_that_is_shorter_than_the_silence_costs_nothing(Cluster cluster) {
    var scheduler = new Scheduler(cluster.jdbc());
    String queue = "short-cut";
    var ending = new GatedJob(folder.resolve("ending"));
    var running = new GatedJob(folder.resolve("running"));
    var wires = cluster.apis().stream().map(api -> new Wire(api.port())).toList();
    try {
      cluster.worker(queue, 2, wires.stream().map(Wire::url).toList());
      long endingId = scheduler.enqueue(queue, ending.config(), false);
      long runningId = scheduler.enqueue(queue, running.config(), false);
      scheduler.awaitState(endingId, "started");
      scheduler.awaitState(runningId, "started");
      wires.forEach(Wire::cut);
      ending.open(1);
      ending.awaitEnd(1);
      Pace.letPass(Duration.ofSeconds(1));
      assertThat(scheduler.job(endingId).state()).isEqualTo("started");
      wires.forEach(Wire::mend);
      scheduler.awaitState(endingId, "passed");
      running.open(1);
      scheduler.awaitState(runningId, "passed");
    } finally {
      wires.forEach(Wire::close);
    }
    new History(cluster.jdbc()).of(queue).shows(2).showsNothingLost();
    assertThat(running.story()).containsExactly("start 1", "end 1");
  }
}
