package io.junction.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The first thing that a user tries. */
@Order(8)
class DemoSystemTest {

  /** The demo gives up by itself before that. */
  private static final Duration LONGEST = Duration.ofMinutes(4);

  private final Path folder = Folders.fresh("demo");
  private @Nullable Child demo;

  @AfterEach
  void stop() {
    if (demo != null) {
      demo.kill();
    }
    Folders.remove(folder);
  }

  @Test
  void the_demo_ends_with_success_when_every_job_ended_as_it_should() {
    demo =
        Child.start(
            "demo",
            Program.STANDALONE,
            Map.of(),
            List.of("demo", "--data", folder.resolve("data").toString(), "--port", "0"));
    int code = demo.awaitExit(LONGEST);
    assertThat(code).as(demo.said()).isZero();
    assertThat(demo.said())
        .contains("created: waits: acme runs 2 of 2")
        .contains("acme may run 2 jobs: by the event log never more than 2 ran");
  }
}
