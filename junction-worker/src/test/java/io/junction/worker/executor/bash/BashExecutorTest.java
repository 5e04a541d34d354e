package io.junction.worker.executor.bash;

import static io.junction.worker.Scene.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.junction.worker.Scene;
import io.junction.worker.executor.Config;
import io.junction.worker.executor.Ending;
import io.junction.worker.executor.Execution;
import io.junction.worker.executor.Run;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Real processes. */
class BashExecutorTest {
  private static final int LIMIT = 1_000;
  @TempDir Path folder;

  @Test
  void zero_passes_and_anything_else_fails() throws Exception {
    assertThat(run("{'command': 'exit 0'}").state()).isEqualTo(Ending.State.PASSED);
    var failed = run("{'command': 'exit 7'}");
    assertThat(failed.state()).isEqualTo(Ending.State.FAILED);
    assertThat(failed.reason()).isEqualTo("exit code 7");
    assertThat(Scene.result(failed).get("exit_code").intValue()).isEqualTo(7);
  }

  @Test
  void a_signal_is_an_error() throws Exception {
    var ending = run("{'command': 'kill -SEGV $$'}");
    assertThat(ending.state()).isEqualTo(Ending.State.ERRORED);
    assertThat(ending.reason()).isEqualTo("ended by signal 11");
  }

  @Test
  void what_is_not_there_cannot_be_started() throws Exception {
    var ending = run("{'command': ['no-such-program', 'x']}");
    assertThat(ending.state()).isEqualTo(Ending.State.ERRORED);
    assertThat(ending.reason()).isEqualTo("command: cannot be started: no-such-program: not found");
  }

  @Test
  void a_command_that_ends_with_127_itself_has_failed() throws Exception {
    assertThat(run("{'command': 'exit 127'}").state()).isEqualTo(Ending.State.FAILED);
    assertThat(run("{'command': 'no-such-program'}").state()).isEqualTo(Ending.State.FAILED);
  }

  @Test
  void a_command_too_long_for_the_system_is_an_error() throws Exception {
    var ending = run("{'command': '" + ": ".repeat(200_000) + "'}");
    assertThat(ending.state()).isEqualTo(Ending.State.ERRORED);
    assertThat(ending.reason()).startsWith("command: cannot be started").contains("too long");
  }

  @Test
  void an_array_is_run_as_it_is() throws Exception {
    assertThat(out(run("{'command': ['printf', '%s|', '$HOME', 'a b', '-x']}")))
        .isEqualTo("$HOME|a b|-x|");
  }

  @Test
  void the_environment_is_inherited_extended_and_marked() throws Exception {
    var ending =
        run(
            "{'command': 'echo $A $B $JUNCTION_JOB_ID $JUNCTION_QUEUE; cat', "
                + "'environment': {'B': 'x y', 'JUNCTION_JOB_ID': '0', 'BASH_ENV': '/nonsense', "
                + "'LC_ALL': 'de_DE.UTF-8'}}");
    assertThat(out(ending)).isEqualTo("inherited x y 4711 q\n");
  }

  @Test
  void the_folder_is_the_runs_own_and_is_removed() throws Exception {
    var ending = run("{'command': 'mkdir -p a/b; ln -s / a/root; touch a/b/c; pwd'}");
    assertThat(Path.of(out(ending).strip()).getParent()).isEqualTo(folder);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void both_outputs_keep_their_tails() throws Exception {
    var ending = run("{'command': 'seq 1 100000; seq 1 100000 >&2; echo END; echo ERR >&2'}");
    assertThat(out(ending)).endsWith("100000\nEND\n").hasSize(LIMIT);
    assertThat(Scene.result(ending).get("stderr").stringValue())
        .endsWith("100000\nERR\n")
        .hasSize(LIMIT);
    assertThat(Scene.result(ending).get("truncated").booleanValue()).isTrue();
    assertThat(Scene.result(run("{'command': 'echo x'}")).get("truncated").booleanValue())
        .isFalse();
  }

  @Test
  void the_worst_output_stays_below_the_limit_of_a_result() throws Exception {
    var ending =
        run("{'command': 'head -c 200000 /dev/zero; head -c 200000 /dev/urandom >&2'}", 32_768);
    byte[] json = new JsonMapper().writeValueAsBytes(Scene.result(ending));
    assertThat(json).hasSizeLessThan(65_536);
    assertThat(new String(json, StandardCharsets.UTF_8)).doesNotContain("\\u0000");
    var escapes = run("{'command': 'yes $(printf \"\\\\033\") | head -c 200000'}", 32_768);
    assertThat(new JsonMapper().writeValueAsBytes(Scene.result(escapes))).hasSizeLessThan(65_536);
  }

  @Test
  void what_a_command_leaves_behind_is_killed_and_does_not_hold_up_its_end() throws Exception {
    Path file = folder.resolveSibling(folder.getFileName() + ".pid");
    var ending =
        run("{'command': 'sleep 300 & timeout 300 sleep 300 & echo $! >" + file + "; echo done'}");
    assertThat(out(ending)).isEqualTo("done\n");
    long pid = Long.parseLong(Files.readString(file).strip());
    assertThat(Scene.runs(pid)).isFalse();
    Files.delete(file);
  }

  @Test
  void a_daemon_that_has_left_the_session_does_not_hold_up_the_end_either() throws Exception {
    Path file = folder.resolveSibling(folder.getFileName() + ".pid");
    var ending = run("{'command': '(setsid sleep 300 & echo $! >" + file + "); echo done'}");
    assertThat(out(ending)).isEqualTo("done\n");
    ProcessHandle.of(Long.parseLong(Files.readString(file).strip()))
        .ifPresent(ProcessHandle::destroyForcibly);
    Files.delete(file);
  }

  @Test
  void terminating_gives_a_grace_and_then_kills() throws Exception {
    var polite =
        start(
            "{'command': 'trap \"echo bye; exit 3\" TERM; touch ready; "
                + "while :; do sleep 0.05; done'}",
            LIMIT);
    awaitReady();
    polite.terminate();
    var ending = polite.await();
    assertThat(out(ending)).isEqualTo("bye\n");
    var stubborn =
        start(
            "{'command': 'trap \"\" TERM; touch ready; " + "while :; do sleep 0.05; done'}", LIMIT);
    awaitReady();
    stubborn.terminate();
    assertThat(stubborn.await().reason()).isEqualTo("ended by signal 9");
  }

  @Test
  void an_exclusive_run_ends_with_its_lease_unless_it_is_renewed() throws Exception {
    long soon = System.nanoTime() + Duration.ofMillis(300).toNanos();
    var config =
        Config.of(
            new JsonMapper()
                .readTree(
                    "{\"command\": \"sleep 300\", "
                        + "\"environment\": {\"LC_ALL\": \"de_DE.UTF-8\"}}"));
    var fenced =
        executor(LIMIT)
            .start(new Run(UUID.randomUUID(), 1, 4_711, "q", config.fields(), true, soon), config);
    assertThat(fenced.await().reason()).isEqualTo("ended by signal 9");
    var renewed =
        executor(LIMIT)
            .start(
                new Run(
                    UUID.randomUUID(),
                    1,
                    4_711,
                    "q",
                    config.fields(),
                    true,
                    System.nanoTime() + Duration.ofSeconds(60).toNanos()),
                config);
    renewed.renew(System.nanoTime() + Duration.ofMillis(300).toNanos());
    assertThat(renewed.await().reason()).isEqualTo("ended by signal 9");
  }

  private void awaitReady() {
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              try (var found = Files.walk(folder)) {
                return found.anyMatch(file -> file.endsWith("ready"));
              }
            });
  }

  private Ending run(String config) throws Exception {
    return run(config, LIMIT);
  }

  private Ending run(String config, int limit) throws Exception {
    return start(config, limit).await();
  }

  private Execution start(String config, int limit) throws Exception {
    var node = new JsonMapper().readTree(config.replace("\"", "\\\"").replace('\'', '"'));
    var run = new Run(UUID.randomUUID(), 1, 4_711, "q", node, false, 0);
    return executor(limit).start(run, Config.of(node));
  }

  private BashExecutor executor(int limit) {
    var environment = new HashMap<>(System.getenv());
    environment.putAll(Map.of("A", "inherited"));
    return new BashExecutor(folder, environment, limit);
  }

  private static String out(Ending ending) {
    return Scene.result(ending).get("stdout").stringValue();
  }
}
