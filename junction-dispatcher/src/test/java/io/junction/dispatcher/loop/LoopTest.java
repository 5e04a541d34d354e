package io.junction.dispatcher.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.common.hint.Hint;
import io.junction.testing.Concurrently;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoopTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Hint HINT = new Hint.Queue("builds.linux");
  private static final Round NOTHING = new Ended(false, false, null);
  private static final Round IDLE = new Ended(false, true, null);

  private final Script script = new Script(Duration.ofHours(1));
  private final Loop loop = new Loop(script, () -> true, new SimpleMeterRegistry());

  @AfterEach
  void it_ends() throws InterruptedException {
    loop.stop();
    script.letEverythingEnd();
    assertThat(loop.awaitEnd(PATIENCE)).isTrue();
  }

  @Test
  void the_first_round_is_a_poll() throws InterruptedException {
    loop.start();
    assertThat(script.begun()).isEqualTo(Wake.POLL);
  }

  @Test
  void a_hint_wakes_it_long_before_its_interval_is_over() throws InterruptedException {
    loop.start();
    script.begun();
    script.end(() -> NOTHING);
    loop.hear(HINT);
    assertThat(script.begun()).isEqualTo(Wake.HINT);
  }

  @Test
  void a_hint_in_the_middle_of_a_round_is_not_lost() throws InterruptedException {
    loop.start();
    script.begun();
    loop.hear(HINT);
    script.end(() -> NOTHING);
    assertThat(script.begun()).isEqualTo(Wake.HINT);
  }

  @Test
  void word_of_missed_hints_asks_for_a_poll_also_in_the_middle_of_one()
      throws InterruptedException {
    loop.start();
    script.begun();
    loop.hear(new Hint.Unknown());
    script.end(() -> NOTHING);
    assertThat(script.begun()).isEqualTo(Wake.POLL);
  }

  @Test
  void a_round_that_left_something_behind_is_followed_at_once() throws InterruptedException {
    loop.start();
    script.begun();
    script.end(() -> new Ended(true, false, null));
    assertThat(script.begun()).isEqualTo(Wake.HINT);
  }

  @Test
  void a_round_may_ask_for_a_sooner_look() throws InterruptedException {
    loop.start();
    script.begun();
    script.end(() -> new Ended(false, false, Duration.ofMillis(1)));
    assertThat(script.begun()).isEqualTo(Wake.POLL);
  }

  @Test
  void an_error_does_not_end_it_and_is_followed_by_a_poll() throws InterruptedException {
    loop.start();
    script.begun();
    script.end(
        () -> {
          throw new IllegalStateException("the database went away");
        });
    assertThat(script.begun()).isEqualTo(Wake.POLL);
    script.end(
        () -> {
          throw new AssertionError("a bug");
        });
    assertThat(script.begun()).isEqualTo(Wake.POLL);
    script.end(() -> NOTHING);
    loop.hear(HINT);
    assertThat(script.begun()).isEqualTo(Wake.HINT);
  }

  @Test
  void a_stop_lets_the_round_in_progress_end_and_may_come_twice() throws InterruptedException {
    loop.start();
    script.begun();
    loop.stop();
    loop.stop();
    assertThat(loop.awaitEnd(Duration.ofMillis(1))).isFalse();
    script.end(() -> new Ended(true, false, null));
    assertThat(loop.awaitEnd(PATIENCE)).isTrue();
    assertThat(script.rounds.poll()).isNull();
  }

  /**
   * An hour is longer than the quiet allows, so a shorter interval: a hundred polls fit into it.
   */
  @Test
  void idle_polls_make_it_quiet_and_any_hint_ends_that() throws InterruptedException {
    var idle = new Script(Duration.ofMillis(10));
    var quiet = new Loop(idle, () -> true, new SimpleMeterRegistry());
    quiet.start();
    try {
      for (int poll = 0; poll < 3; poll++) {
        assertThat(idle.begun()).isEqualTo(Wake.POLL);
        idle.end(() -> IDLE);
      }
      assertThat(idle.rounds.poll(100, TimeUnit.MILLISECONDS)).isNull();
      long hinted = System.nanoTime();
      quiet.hear(new Hint.Created());
      assertThat(idle.begun()).isEqualTo(Wake.POLL);
      assertThat(Duration.ofNanos(System.nanoTime() - hinted))
          .isLessThan(Quiet.LONGEST.dividedBy(2));
    } finally {
      quiet.stop();
      idle.letEverythingEnd();
      assertThat(quiet.awaitEnd(PATIENCE)).isTrue();
    }
  }

  @Test
  void a_loop_that_never_started_has_ended() throws InterruptedException {
    loop.stop();
    assertThat(loop.awaitEnd(PATIENCE)).isTrue();
  }

  @Test
  void start_hint_and_stop_under_stress() {
    for (int i = 0; i < 300; i++) {
      var busy = new Loop(new Busy(), () -> true, new SimpleMeterRegistry());
      var doings = new ArrayList<Callable<Boolean>>();
      doings.add(
          () -> {
            busy.start();
            return true;
          });
      doings.add(
          () -> {
            busy.hear(HINT);
            busy.hear(new Hint.Unknown());
            return true;
          });
      doings.add(
          () -> {
            busy.stop();
            return true;
          });
      Concurrently.run(doings);
      assertThat(endOf(busy)).isTrue();
    }
  }

  private static boolean endOf(Loop loop) {
    try {
      return loop.awaitEnd(PATIENCE);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private record Ended(boolean again, boolean idle, @Nullable Duration nextLook) implements Round {

    @Override
    public Map<String, Integer> changes() {
      return Map.of();
    }
  }

  /** Always has more to do. */
  private static final class Busy implements Work {

    @Override
    public String name() {
      return "busy";
    }

    @Override
    public Duration interval() {
      return Duration.ofMillis(1);
    }

    @Override
    public boolean hears(Hint hint) {
      return true;
    }

    @Override
    public Round run(Wake wake) {
      return new Ended(true, false, null);
    }
  }

  /** A round begins when the loop says so, and ends when the test says how. */
  private static final class Script implements Work {

    private final BlockingQueue<Wake> rounds = new LinkedBlockingQueue<>();
    private final SynchronousQueue<Supplier<Round>> ends = new SynchronousQueue<>();
    private final Duration interval;
    private volatile boolean over;

    Script(Duration interval) {
      this.interval = interval;
    }

    @Nullable Wake begun() throws InterruptedException {
      return rounds.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    void end(Supplier<Round> how) throws InterruptedException {
      assertThat(ends.offer(how, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
    }

    void letEverythingEnd() {
      over = true;
      ends.offer(() -> NOTHING);
    }

    @Override
    public String name() {
      return "script";
    }

    @Override
    public Duration interval() {
      return interval;
    }

    @Override
    public boolean hears(Hint hint) {
      return hint instanceof Hint.Queue;
    }

    @Override
    public Round run(Wake wake) {
      rounds.add(wake);
      try {
        while (!over) {
          var how = ends.poll(10, TimeUnit.MILLISECONDS);
          if (how != null) {
            return how.get();
          }
        }
        return NOTHING;
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
