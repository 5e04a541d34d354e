package io.junction.worker.agent;

import static io.junction.worker.Scene.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.junction.worker.FakeJunction;
import io.junction.worker.Scene;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutageHttpTest {
  @TempDir Path folder;
  private FakeJunction junction = new FakeJunction();

  @AfterEach
  void stop() {
    junction.close();
  }

  @Test
  void a_result_survives_an_outage_and_is_reported_once_it_is_over() throws Exception {
    Path gate = gate();
    try (var _ = Agent.start(Scene.options(junction, folder))) {
      var job =
          junction.assign(
              "{\"command\": \"cat " + gate + "; touch " + folder.resolve("done") + "\"}");
      await().atMost(PATIENCE).until(() -> junction.state(job).equals("started"));
      junction.down(true);
      Files.writeString(gate, "kept");
      await().atMost(PATIENCE).until(() -> Files.exists(folder.resolve("done")));
      int before = junction.heartbeats().size();
      junction.down(false);
      await().atMost(PATIENCE).until(() -> junction.state(job).equals("passed"));
      assertThat(junction.closing(job).at("/result/stdout").stringValue()).isEqualTo("kept");
      assertThat(junction.verdicts(job, "finish")).hasSize(1);
      assertThat(junction.heartbeats().size()).isGreaterThan(before);
      assertThat(junction.registrations()).hasSize(1);
    }
  }

  @Test
  void an_update_whose_answer_was_lost_is_sent_again_and_the_job_is_not_started_twice() {
    try (var _ = Agent.start(Scene.options(junction, folder))) {
      await().atMost(PATIENCE).until(junction::isParked);
      junction.loseAnswers(3);
      Path log = folder.resolve("runs");
      var job = junction.assign("{\"command\": \"echo run >>" + log + "\"}");
      await().atMost(PATIENCE).until(() -> junction.state(job).equals("passed"));
      await().atMost(PATIENCE).until(junction::isParked);
      var after = junction.assign("{\"command\": \"true\"}");
      await().atMost(PATIENCE).until(() -> junction.state(after).equals("passed"));
      assertThat(log).hasContent("run");
      assertThat(junction.verdicts(job, "receive").size()).isGreaterThan(1);
      var sequence =
          junction.heartbeats().stream().map(beat -> beat.get("seq").longValue()).toList();
      assertThat(sequence).doesNotHaveDuplicates();
    }
  }

  @Test
  void an_assignment_that_has_ended_while_an_answer_was_under_way_is_not_started_again() {
    try (var _ = Agent.start(Scene.options(junction, folder))) {
      Path log = folder.resolve("runs");
      junction.hold(true);
      var job = junction.assign("{\"command\": \"echo run >>" + log + "\"}");
      // The answer to receive is worked out while the job is not over, and arrives when it is.
      await().atMost(PATIENCE).until(() -> junction.state(job).equals("received"));
      await().atMost(PATIENCE).until(() -> Files.exists(log) && isEmpty(folder.resolve("work")));
      junction.hold(false);
      await().atMost(PATIENCE).until(() -> junction.state(job).equals("passed"));
      var after = junction.assign("{\"command\": \"true\"}");
      await().atMost(PATIENCE).until(() -> junction.state(after).equals("passed"));
      assertThat(log).hasContent("run");
      assertThat(junction.verdicts(job, "finish")).hasSize(1);
    }
  }

  @Test
  void an_ended_assignment_that_is_listed_once_more_is_not_started_again() {
    try (var _ = Agent.start(Scene.options(junction, folder))) {
      Path log = folder.resolve("runs");
      junction.readListsTooEarly(true);
      var job = junction.assign("{\"command\": \"echo run >>" + log + "\"}");
      await().atMost(PATIENCE).until(() -> junction.state(job).equals("passed"));
      var after = junction.assign("{\"command\": \"true\"}");
      await().atMost(PATIENCE).until(() -> junction.state(after).equals("passed"));
      assertThat(log).hasContent("run");
      assertThat(junction.verdicts(job, "receive")).hasSize(1);
      assertThat(junction.verdicts(job, "finish")).hasSize(1);
    }
  }

  @Test
  void a_404_that_is_not_junctions_own_costs_no_job() {
    try (var _ = Agent.start(Scene.options(junction, folder))) {
      Path file = folder.resolve("pids");
      junction.assign(Scene.endless(file));
      List<Long> pids = Scene.pids(file);
      junction.hideBehindAProxy(true);
      await().atMost(PATIENCE).until(() -> !junction.isParked());
      junction.hideBehindAProxy(false);
      var next = junction.assign("{\"command\": \"true\"}");
      await().atMost(PATIENCE).until(() -> junction.state(next).equals("passed"));
      assertThat(pids).allMatch(Scene::runs);
      assertThat(junction.registrations()).hasSize(1);
    }
  }

  @Test
  void a_result_that_is_refused_does_not_hold_up_the_other_reports() {
    junction.refuseResults();
    try (var _ = Agent.start(Scene.options(junction, folder))) {
      var job = junction.assign("{\"command\": \"true\"}");
      await().atMost(PATIENCE).until(() -> junction.state(job).equals("passed"));
      assertThat(junction.closing(job).has("result")).isFalse();
      assertThat(junction.closing(job).get("reason").stringValue())
          .isEqualTo("the result was refused");
    }
  }

  @Test
  void the_next_address_is_used_when_one_does_not_answer() {
    var other = new FakeJunction();
    junction.down(true);
    var one = Scene.options(junction, folder);
    var options =
        new WorkerOptions(
            List.of(URI.create("http://localhost:1"), one.urls().getFirst(), other.url()),
            one.token(),
            one.queue(),
            one.slots(),
            one.name(),
            one.attributes(),
            one.version(),
            one.drainTimeout(),
            one.workDir(),
            one.outputLimit());
    try (other;
        var _ = Agent.start(options)) {
      var job = other.assign("{\"command\": \"true\"}");
      await().atMost(PATIENCE).until(() -> other.state(job).equals("passed"));
    }
  }

  @Test
  void registration_is_tried_until_junction_is_there() {
    junction.down(true);
    try (var _ = Agent.start(Scene.options(junction, folder))) {
      var job = junction.assign("{\"command\": \"true\"}");
      junction.down(false);
      await().atMost(PATIENCE).until(() -> junction.state(job).equals("passed"));
    }
  }

  @Test
  void a_refused_registration_ends_the_worker() throws Exception {
    for (int status : List.of(401, 403, 422)) {
      junction.refuseRegistrations(status);
      try (var agent = Agent.start(Scene.options(junction, folder))) {
        assertThat(agent.awaitEnd()).isEqualTo(End.REFUSED);
      }
    }
  }

  @Test
  void an_exclusive_job_is_killed_when_the_lease_is_over_and_another_is_not() {
    junction.close();
    junction = new FakeJunction(300, 1_500);
    try (var _ = Agent.start(Scene.options(junction, folder))) {
      Path alone = folder.resolve("alone");
      Path shared = folder.resolve("shared");
      var exclusive = junction.assign(Scene.endless(alone), true, null);
      var other = junction.assign(Scene.endless(shared));
      List<Long> gone = Scene.pids(alone);
      List<Long> kept = Scene.pids(shared);
      await().atMost(PATIENCE).until(() -> junction.state(exclusive).equals("started"));
      junction.silent(true);
      Scene.awaitGone(gone);
      assertThat(kept).allMatch(Scene::runs);
      junction.silent(false);
      await().atMost(PATIENCE).until(() -> junction.state(exclusive).equals("created"));
      assertThat(junction.closing(exclusive).get("event").stringValue()).isEqualTo("restart");
      assertThat(junction.closing(exclusive).get("reason").stringValue()).contains("lease");
      assertThat(junction.state(other)).isEqualTo("started");
      assertThat(kept).allMatch(Scene::runs);
    }
  }

  private Path gate() throws Exception {
    Path gate = folder.resolve("gate");
    assertThat(new ProcessBuilder("mkfifo", gate.toString()).start().waitFor()).isZero();
    return gate;
  }

  private static boolean isEmpty(Path work) throws IOException {
    try (var files = Files.list(work)) {
      return files.findAny().isEmpty();
    }
  }
}
