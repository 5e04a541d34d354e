package io.junction.api.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

class GroupCommitTest {

  private static final Batching BATCHING = new Batching(10, 100, Duration.ZERO);

  private final List<List<Integer>> batches = new ArrayList<>();

  @Test
  void a_lone_request_waits_for_nobody() {
    try (var group = new GroupCommit<Integer, Integer>("test", BATCHING, this::squares)) {
      assertThat(group.submit(3)).isEqualTo(9);
      assertThat(batches).containsExactly(List.of(3));
    }
  }

  @Test
  void requests_that_arrive_while_a_batch_is_under_way_share_the_next_one() throws Exception {
    var gate = new Gate();
    try (var group = new GroupCommit<Integer, Integer>("test", BATCHING, gate::squares)) {
      var first = CompletableFuture.supplyAsync(() -> group.submit(0));
      gate.awaitUnderWay();
      var others = new ArrayList<Thread>();
      var answers = new AtomicInteger();
      for (int i = 1; i <= 5; i++) {
        int request = i;
        others.add(Thread.startVirtualThread(() -> answers.addAndGet(group.submit(request))));
      }
      for (var other : others) {
        awaitBlocked(other);
      }

      gate.open();
      first.join();
      for (var other : others) {
        other.join();
      }

      assertThat(answers.get()).isEqualTo(1 + 4 + 9 + 16 + 25);
      assertThat(batches).hasSize(2);
      assertThat(batches.get(1)).containsExactlyInAnyOrder(1, 2, 3, 4, 5);
    }
  }

  @Test
  void in_a_crowd_a_batch_lingers_for_those_who_come() {
    var gate = new Gate();
    var late = new ArrayList<CompletableFuture<Integer>>();
    var itself = new AtomicReference<GroupCommit<Integer, Integer>>();
    try (var group =
        new GroupCommit<Integer, Integer>(
            "test", BATCHING, gate::squares, () -> late.add(itself.get().submitAsync(6)))) {
      itself.set(group);
      var first = group.submitAsync(0);
      gate.awaitUnderWay();
      var crowd = Stream.of(1, 2, 3, 4).map(group::submitAsync).toList();
      gate.open();
      first.join();
      crowd.forEach(CompletableFuture::join);

      assertThat(group.submit(5)).isEqualTo(25);
      assertThat(late).singleElement().satisfies(six -> assertThat(six.join()).isEqualTo(36));
      assertThat(group.submit(7)).isEqualTo(49); // two were no crowd

      assertThat(batches)
          .containsExactly(List.of(0), List.of(1, 2, 3, 4), List.of(5, 6), List.of(7));
    }
  }

  @Test
  void a_bad_request_harms_nobody_else() throws Exception {
    var gate = new Gate();
    try (var group =
        new GroupCommit<Integer, Integer>(
            "test",
            BATCHING,
            batch -> {
              var squares = gate.squares(batch);
              if (batch.contains(13)) {
                throw new IllegalStateException("13");
              }
              return squares;
            })) {
      var first = CompletableFuture.supplyAsync(() -> group.submit(0));
      gate.awaitUnderWay();
      var bad = CompletableFuture.supplyAsync(() -> group.submit(13));
      var good = new AtomicInteger();
      var neighbour = Thread.startVirtualThread(() -> good.set(group.submit(2)));
      awaitBlocked(neighbour);

      gate.open();
      first.join();
      neighbour.join();

      assertThat(good.get()).isEqualTo(4);
      assertThatThrownBy(bad::join).hasRootCauseMessage("13");
    }
  }

  @Test
  void a_lost_database_is_told_to_all_at_once() {
    try (var group =
        new GroupCommit<Integer, Integer>(
            "test",
            BATCHING,
            batch -> {
              throw new DataAccessResourceFailureException("away");
            })) {
      assertThatThrownBy(() -> group.submit(1)).hasMessage("away");
      assertThatThrownBy(() -> group.submit(2)).hasMessage("away");
    }
  }

  @Test
  void a_line_that_is_full_refuses_the_next() throws Exception {
    var gate = new Gate();
    try (var group =
        new GroupCommit<Integer, Integer>(
            "test", new Batching(1, 1, Duration.ZERO), gate::squares)) {
      var first = CompletableFuture.supplyAsync(() -> group.submit(0));
      gate.awaitUnderWay();
      var second = new CompletableFuture<Integer>();
      var waiting = Thread.startVirtualThread(() -> second.complete(group.submit(1)));
      awaitBlocked(waiting);

      assertThatThrownBy(() -> group.submit(2)).hasMessage("too many requests are waiting");

      gate.open();
      assertThat(first.join()).isZero();
      assertThat(second.join()).isEqualTo(1);
    }
  }

  private List<Integer> squares(List<Integer> batch) {
    batches.add(List.copyOf(batch));
    return batch.stream().map(n -> n * n).toList();
  }

  private static void awaitBlocked(Thread thread) {
    org.awaitility.Awaitility.await()
        .until(
            () ->
                thread.getState() == Thread.State.TIMED_WAITING
                    || thread.getState() == Thread.State.WAITING);
  }

  /** Holds the batch with a 0 until it is opened. */
  private final class Gate {

    private final CountDownLatch underWay = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    List<Integer> squares(List<Integer> batch) {
      if (batch.contains(0)) {
        underWay.countDown();
        await(release);
      }
      return GroupCommitTest.this.squares(batch);
    }

    void awaitUnderWay() {
      await(underWay);
    }

    void open() {
      release.countDown();
    }

    private static void await(CountDownLatch latch) {
      try {
        assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
