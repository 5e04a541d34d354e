package io.junction.dispatcher.reap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SilentWorkerTest {

  @Test
  void a_batch_is_of_one_queue_and_no_larger_than_one_transaction_unless_one_worker_is() {
    var a1 = worker("a", 600);
    var a2 = worker("a", 400);
    var a3 = worker("a", 1);
    var b1 = worker("b", 10_000);
    var b2 = worker("b", 0);
    assertThat(SilentWorker.batches(List.of(a1, a2, a3, b1, b2), 1_000))
        .containsExactly(List.of(a1, a2), List.of(a3), List.of(b1), List.of(b2));
    assertThat(SilentWorker.batches(List.of(), 1_000)).isEmpty();
  }

  private static SilentWorker worker(String queue, int open) {
    return new SilentWorker(UUID.randomUUID(), queue, open);
  }
}
