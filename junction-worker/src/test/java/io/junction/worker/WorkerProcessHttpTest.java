package io.junction.worker;

import static io.junction.worker.Scene.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The worker as it is in production: a process of its own, which can be killed, stopped and asked
 * to end.
 */
class WorkerProcessHttpTest {
  @TempDir Path folder;
  private FakeJunction junction = new FakeJunction();
  private final List<Process> processes = new ArrayList<>();

  @AfterEach
  void stop() {
    processes.forEach(Process::destroyForcibly);
    junction.close();
  }

  @Test
  void a_worker_that_is_killed_takes_its_jobs_processes_along() throws Exception {
    Process worker = worker();
    Path file = folder.resolve("pids");
    junction.assign(Scene.endless(file));
    List<Long> pids = Scene.pids(file);
    worker.destroyForcibly().waitFor();
    Scene.awaitGone(pids);
  }

  @Test
  void a_worker_that_is_stopped_loses_an_exclusive_job_with_its_lease_and_no_other()
      throws Exception {
    junction.close();
    junction = new FakeJunction(300, 2_000);
    Process worker = worker();
    Path alone = folder.resolve("alone");
    Path shared = folder.resolve("shared");
    var exclusive = junction.assign(Scene.endless(alone), true, null);
    junction.assign(Scene.endless(shared));
    List<Long> gone = Scene.pids(alone);
    List<Long> kept = Scene.pids(shared);
    assertThat(gone)
        .allMatch(Scene::runs); // the lease has been renewed since, or the job would be gone soon
    await().atMost(PATIENCE).until(() -> junction.state(exclusive).equals("started"));
    signal(worker, "STOP");
    Scene.awaitGone(gone);
    assertThat(kept).allMatch(Scene::runs);
    signal(worker, "CONT");
    await().atMost(PATIENCE).until(() -> junction.state(exclusive).equals("created"));
    assertThat(kept).allMatch(Scene::runs);
  }

  @Test
  void an_exclusive_job_outlives_many_leases_while_they_are_renewed() throws Exception {
    junction.close();
    junction = new FakeJunction(200, 1_000);
    worker();
    var job = junction.assign("{\"command\": \"sleep 4\"}", true, null);
    await().atMost(PATIENCE).until(() -> junction.state(job).equals("passed"));
  }

  @Test
  void sigterm_drains_and_says_goodbye() throws Exception {
    Process worker = worker();
    Path gate = gate();
    var job = junction.assign("{\"command\": \"cat " + gate + "\"}");
    await().atMost(PATIENCE).until(() -> junction.state(job).equals("started"));
    signal(worker, "TERM");
    await()
        .atMost(PATIENCE)
        .until(() -> junction.heartbeats().getLast().get("draining").booleanValue());
    Files.writeString(gate, "end");
    assertThat(worker.waitFor()).isZero();
    assertThat(junction.state(job)).isEqualTo("passed");
    assertThat(junction.retirements()).isEqualTo(1);
    assertThat(errors(worker))
        .contains("Registered", "started", "ended", "Drain", "Retired")
        .doesNotContain(FakeJunction.TOKEN);
  }

  @Test
  void a_second_signal_ends_at_once_and_takes_the_jobs_along() throws Exception {
    Process worker = worker();
    Path file = folder.resolve("pids");
    junction.assign(Scene.endless(file));
    List<Long> pids = Scene.pids(file);
    signal(worker, "TERM");
    await()
        .atMost(PATIENCE)
        .until(() -> junction.heartbeats().getLast().get("draining").booleanValue());
    signal(worker, "TERM");
    assertThat(worker.waitFor()).isEqualTo(130);
    Scene.awaitGone(pids);
  }

  @Test
  void a_refused_registration_is_said_in_plain_words_with_exit_code_1() throws Exception {
    junction.refuseRegistrations(403);
    Process worker = worker();
    assertThat(worker.waitFor()).isEqualTo(1);
    assertThat(errors(worker))
        .contains("Junction refuses this worker for queue builds")
        .doesNotContain("\tat ");
  }

  @Test
  void a_job_cannot_see_the_workers_token() throws Exception {
    worker();
    var job = junction.assign("{\"command\": \"env\"}");
    await().atMost(PATIENCE).until(() -> junction.state(job).equals("passed"));
    assertThat(junction.closing(job).at("/result/stdout").stringValue())
        .contains(
            "JUNCTION_ASSIGNMENT_ID=" + job.id,
            "JUNCTION_ATTEMPT=1",
            "JUNCTION_QUEUE=builds",
            "JUNCTION_JOB_ID=4711")
        .doesNotContain(FakeJunction.TOKEN);
  }

  private Process worker() throws IOException {
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            "io.junction.worker.JunctionWorker",
            "--work-dir",
            folder.resolve("work").toString());
    builder.environment().put("JUNCTION_URL", junction.url().toString());
    builder.environment().put("JUNCTION_WORKER_TOKEN", FakeJunction.TOKEN);
    builder.environment().put("JUNCTION_QUEUE", "builds");
    builder.redirectError(folder.resolve("stderr").toFile());
    Process worker = builder.start();
    processes.add(worker);
    return worker;
  }

  private String errors(Process worker) throws IOException {
    assertThat(worker.isAlive()).isFalse();
    return Files.readString(folder.resolve("stderr"));
  }

  private Path gate() throws Exception {
    Path gate = folder.resolve("gate");
    assertThat(new ProcessBuilder("mkfifo", gate.toString()).start().waitFor()).isZero();
    return gate;
  }

  private static void signal(Process process, String name) throws Exception {
    assertThat(
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor())
        .isZero();
  }
}
