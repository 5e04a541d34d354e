package io.junction.api.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BoundedThreadsTest {

  @Test
  void all_tasks_run_and_never_more_than_so_many_at_a_time() throws Exception {
    int tasks = 10_000;
    var threads = new BoundedThreads(3);
    var running = new AtomicInteger();
    var most = new AtomicInteger();
    var done = new CountDownLatch(tasks);

    for (int i = 0; i < tasks; i++) {
      threads.execute(
          () -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            running.decrementAndGet();
            done.countDown();
          });
    }

    assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(most.get()).isLessThanOrEqualTo(3);
  }
}
