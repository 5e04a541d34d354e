package io.junction.worker.agent;

import static io.junction.worker.Scene.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.junction.worker.FakeJunction;
import io.junction.worker.Scene;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrainHttpTest {
  @TempDir Path folder;
  private final FakeJunction junction = new FakeJunction();

  @AfterEach
  void stop() {
    junction.close();
  }

  @Test
  void a_drain_takes_no_new_work_finishes_what_runs_and_retires() throws Exception {
    try (var agent = Agent.start(Scene.options(junction, folder))) {
      finishesWhatRuns(agent::drain, agent);
    }
  }

  @Test
  void an_operators_drain_does_the_same() throws Exception {
    try (var agent = Agent.start(Scene.options(junction, folder))) {
      finishesWhatRuns(() -> junction.direct("drain"), agent);
    }
  }

  private void finishesWhatRuns(Runnable drain, Agent agent) throws Exception {
    Path gate = folder.resolve("gate");
    assertThat(new ProcessBuilder("mkfifo", gate.toString()).start().waitFor()).isZero();
    var running = junction.assign("{\"command\": \"cat " + gate + "\"}");
    await().atMost(PATIENCE).until(() -> junction.state(running).equals("started"));
    drain.run();
    await()
        .atMost(PATIENCE)
        .until(() -> junction.heartbeats().getLast().get("draining").booleanValue());
    var late = junction.assign("{\"command\": \"true\"}");
    int beats = junction.heartbeats().size();
    await().atMost(PATIENCE).until(() -> junction.heartbeats().size() > beats);
    Files.writeString(gate, "end");
    assertThat(agent.awaitEnd()).isEqualTo(End.RETIRED);
    assertThat(junction.state(running)).isEqualTo("passed");
    assertThat(junction.state(late)).isEqualTo("queued");
    assertThat(junction.retirements()).isEqualTo(1);
  }

  @Test
  void what_runs_longer_than_the_drain_is_given_back() throws Exception {
    var options = Scene.options(junction, folder).withDrainTimeout(Duration.ofMillis(1));
    try (var agent = Agent.start(options)) {
      Path file = folder.resolve("pids");
      var job = junction.assign(Scene.endless(file));
      List<Long> pids = Scene.pids(file);
      agent.drain();
      assertThat(agent.awaitEnd()).isEqualTo(End.RETIRED);
      assertThat(junction.state(job)).isEqualTo("created");
      assertThat(junction.closing(job).get("event").stringValue()).isEqualTo("restart");
      assertThat(pids).noneMatch(Scene::runs);
    }
  }

  @Test
  void a_stop_ends_everything_and_reports_nothing() throws Exception {
    try (var agent = Agent.start(Scene.options(junction, folder))) {
      Path file = folder.resolve("pids");
      var job = junction.assign(Scene.endless(file));
      List<Long> pids = Scene.pids(file);
      await().atMost(PATIENCE).until(() -> junction.state(job).equals("started"));
      junction.direct("stop");
      assertThat(agent.awaitEnd()).isEqualTo(End.STOPPED);
      assertThat(pids).noneMatch(Scene::runs);
      assertThat(junction.verdicts(job, "finish")).isEmpty();
      assertThat(junction.verdicts(job, "restart")).isEmpty();
    }
  }

  @Test
  void closing_ends_a_worker_that_has_never_reached_junction() throws Exception {
    junction.silent(true);
    var agent = Agent.start(Scene.options(junction, folder));
    agent.close();
    assertThat(agent.awaitEnd()).isEqualTo(End.RETIRED);
  }
}
