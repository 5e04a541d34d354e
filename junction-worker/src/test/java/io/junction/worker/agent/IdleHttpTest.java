package io.junction.worker.agent;

import static io.junction.worker.Scene.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.junction.worker.FakeJunction;
import io.junction.worker.Scene;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker that has nothing to do waits for long, and yet never keeps anybody waiting. */
class IdleHttpTest {
  @TempDir Path folder;
  private final FakeJunction junction = new FakeJunction(500, 2_000).holdingIdle(60_000);
  private Agent agent;

  @BeforeEach
  void start() {
    agent = Agent.start(Scene.options(junction, folder));
    await().atMost(PATIENCE).until(() -> !junction.heartbeats().isEmpty());
  }

  @AfterEach
  void stop() {
    agent.close();
    junction.close();
  }

  @Test
  void it_waits_as_long_as_it_may_while_it_is_idle_and_not_while_it_runs_something() {
    var job = junction.assign("{\"command\": \"sleep 1\"}");

    await().atMost(PATIENCE).until(() -> junction.state(job).equals("passed"));
    await().atMost(PATIENCE).until(() -> waitOf(junction.heartbeats().size() - 1) == 60_000);

    assertThat(waitOf(0)).isEqualTo(60_000);
    assertThat(junction.heartbeats())
        .filteredOn(beat -> !beat.get("assignments").isEmpty())
        .isNotEmpty()
        .allSatisfy(beat -> assertThat(beat.get("wait_ms").intValue()).isLessThanOrEqualTo(500));
  }

  @Test
  void it_retires_at_once_when_it_is_to_drain_while_it_waits() {
    var end = Duration.ofNanos(timeToClose());

    assertThat(end).isLessThan(Duration.ofSeconds(10));
    assertThat(junction.retirements()).isEqualTo(1);
  }

  @Test
  void it_stops_at_once_when_it_is_told_so_while_it_waits() {
    junction.direct("stop");

    await().atMost(PATIENCE).until(() -> agent.awaitEnd(Duration.ofMillis(1)).isPresent());
  }

  private long timeToClose() {
    long asked = System.nanoTime();
    agent.close();
    return System.nanoTime() - asked;
  }

  private int waitOf(int heartbeat) {
    return junction.heartbeats().get(heartbeat).get("wait_ms").intValue();
  }
}
