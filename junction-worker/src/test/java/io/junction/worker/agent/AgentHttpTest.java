package io.junction.worker.agent;

import static io.junction.worker.Scene.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.junction.worker.FakeJunction;
import io.junction.worker.Scene;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentHttpTest {
  @TempDir Path folder;
  private final FakeJunction junction = new FakeJunction();
  private Agent agent;

  @BeforeEach
  void start() {
    agent = Agent.start(Scene.options(junction, folder));
  }

  @AfterEach
  void stop() {
    agent.close();
    junction.close();
  }

  @Test
  void a_job_runs_and_its_result_is_reported() {
    var job = junction.assign("{\"command\": \"echo $JUNCTION_JOB_ID; echo oops >&2; exit 3\"}");
    await().atMost(PATIENCE).until(() -> junction.state(job).equals("failed"));
    var closing = junction.closing(job);
    assertThat(closing.at("/result/exit_code").intValue()).isEqualTo(3);
    assertThat(closing.at("/result/stdout").stringValue()).isEqualTo("4711\n");
    assertThat(closing.at("/result/stderr").stringValue()).isEqualTo("oops\n");
    assertThat(closing.at("/reason").stringValue()).isEqualTo("exit code 3");
    assertThat(junction.verdicts(job, "receive")).hasSize(1);
    assertThat(junction.verdicts(job, "start")).hasSize(1);
  }

  @Test
  void a_registration_says_who_the_worker_is() {
    await().atMost(PATIENCE).until(() -> junction.registrations().size() == 1);
    var registration = junction.registrations().getFirst();
    assertThat(registration.get("queue").stringValue()).isEqualTo("builds");
    assertThat(registration.get("max_job_count").intValue()).isEqualTo(4);
    assertThat(registration.get("protocol").intValue()).isEqualTo(1);
    assertThat(registration.get("name").stringValue()).isEqualTo("test");
  }

  @Test
  void what_is_not_in_the_list_any_more_is_killed_with_everything_it_started() {
    Path file = folder.resolve("pids");
    var job = junction.assign(Scene.endless(file));
    List<Long> pids = Scene.pids(file);
    assertThat(pids).allMatch(Scene::runs);
    junction.cancel(job);
    Scene.awaitGone(pids);
    assertThat(junction.verdicts(job, "finish")).isEmpty();
    await().atMost(PATIENCE).until(() -> isEmpty(folder.resolve("work")));
  }

  @Test
  void more_jobs_than_slots_are_run_when_the_list_says_so() {
    var jobs =
        Stream.generate(() -> junction.assign("{\"command\": [\"true\"]}")).limit(9).toList();
    await()
        .atMost(PATIENCE)
        .until(() -> jobs.stream().allMatch(job -> junction.state(job).equals("passed")));
  }

  @Test
  void an_update_does_not_wait_for_a_parked_heartbeat_and_the_older_answer_is_not_used()
      throws Exception {
    Path fifo = folder.resolve("fifo");
    assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
    var job = junction.assign("{\"command\": \"cat " + fifo + "\"}");
    await()
        .atMost(PATIENCE)
        .until(() -> junction.state(job).equals("started") && junction.isParked());
    // the parked heartbeat, once overtaken, claims that nothing is to run but something strange
    junction.forge(
        """
        {"seq": 1, "assignments": [
           {"id": "%s", "attempt": 1, "job": {"id": 1, "config": {"command": "touch %s"}}}],
         "updates": [], "directive": "run", "heartbeat_interval_ms": 1000, "lease_ms": 20000}
        """
            .formatted(new java.util.UUID(0, 1), folder.resolve("strange")));
    junction.hold(true); // so that the answer to the older one comes first
    Files.writeString(fifo, "go");
    await().atMost(PATIENCE).until(() -> !junction.isForging());
    junction.hold(false);
    await().atMost(PATIENCE).until(() -> junction.state(job).equals("passed"));
    var after = junction.assign("{\"command\": \"true\"}");
    await().atMost(PATIENCE).until(() -> junction.state(after).equals("passed"));
    assertThat(folder.resolve("strange")).doesNotExist();
  }

  @Test
  void a_number_that_junction_has_seen_already_is_jumped_over() {
    await().atMost(PATIENCE).until(junction::isParked);
    junction.haveSeen(1_000_000);
    var job = junction.assign("{\"command\": \"true\"}");
    await().atMost(PATIENCE).until(() -> junction.state(job).equals("passed"));
    assertThat(junction.heartbeats().getLast().get("seq").longValue()).isGreaterThan(1_000_000);
    assertThat(junction.registrations()).hasSize(1);
  }

  @Test
  void a_lost_registration_ends_what_runs_and_registers_anew() {
    Path file = folder.resolve("pids");
    var job = junction.assign(Scene.endless(file));
    List<Long> pids = Scene.pids(file);
    junction.forgetWorker();
    Scene.awaitGone(pids);
    await().atMost(PATIENCE).until(() -> junction.registrations().size() == 2);
    var next = junction.assign("{\"command\": \"true\"}");
    await().atMost(PATIENCE).until(() -> junction.state(next).equals("passed"));
    assertThat(junction.verdicts(job, "finish")).isEmpty();
    assertThat(junction.verdicts(job, "restart")).isEmpty();
  }

  @Test
  void a_job_past_its_timeout_is_ended_and_errored() {
    Path file = folder.resolve("pids");
    var job = junction.assign(Scene.endless(file), false, 1_500L);
    List<Long> pids = Scene.pids(file);
    await().atMost(PATIENCE).until(() -> junction.state(job).equals("errored"));
    assertThat(junction.closing(job).get("reason").stringValue())
        .isEqualTo("timed out after 1500 ms");
    Scene.awaitGone(pids);
  }

  @Test
  void a_config_that_nobody_understands_ends_errored_and_the_worker_goes_on() {
    var bad = junction.assign("{\"executor\": \"docker\"}");
    var worse = junction.assign("[1, 2]");
    var good = junction.assign("{\"command\": \"true\"}");
    await().atMost(PATIENCE).until(() -> junction.state(bad).equals("errored"));
    await().atMost(PATIENCE).until(() -> junction.state(worse).equals("errored"));
    await().atMost(PATIENCE).until(() -> junction.state(good).equals("passed"));
    assertThat(junction.closing(bad).get("reason").stringValue())
        .startsWith("executor: 'docker' is unknown");
    assertThat(junction.closing(worse).get("reason").stringValue())
        .isEqualTo("config: must be an object, not an array");
  }

  @Test
  void the_workers_token_is_not_in_a_jobs_environment() {
    assertThat(Agent.environment(System.getenv("PATH")))
        .doesNotContainKey("PATH")
        .doesNotContainKey("JUNCTION_WORKER_TOKEN");
  }

  @Test
  void an_idle_worker_parks_its_heartbeats_instead_of_asking_all_the_time() {
    await().atMost(PATIENCE).until(() -> junction.heartbeats().size() >= 3);
    assertThat(junction.heartbeats()).allMatch(beat -> beat.get("wait_ms").longValue() == 1_000);
  }

  private static boolean isEmpty(Path work) throws java.io.IOException {
    try (var files = Files.list(work)) {
      return files.findAny().isEmpty();
    }
  }
}
