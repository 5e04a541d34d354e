package io.junction.dispatcher.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.dispatcher.DispatcherCopy;
import io.junction.dispatcher.Rows;
import io.junction.dispatcher.loop.Wake;
import io.junction.testing.Concurrently;
import io.junction.testing.Postgres;
import io.junction.testing.TestDatabase;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Turns are one order, whoever gives the slots. */
@Postgres
class FairDispatchRaceTest {

  private static final int JOBS = 100;
  private static final int BATCH = 7;

  /** Of three who wait all the time no one is ever ahead by more than a slot for his weight. */
  @Test
  void dispatchers_at_the_same_time_give_each_owner_his_share(TestDatabase database) {
    var rows = new Rows(database);
    var owners = new Owners(rows);
    rows.worker("q", 10_000);
    owners.weight("double", 2);
    owners.jobs("q", "double", 2 * JOBS, 1);
    owners.jobs("q", "a", JOBS, 60);
    owners.jobs("q", "b", JOBS, 30);
    var batch =
        Map.of("junction.dispatch.fairness", "owner", "junction.dispatcher.batch", "" + BATCH);
    try (var one = new DispatcherCopy(batch);
        var other = new DispatcherCopy(batch)) {
      Concurrently.run(() -> dispatch(one, owners), () -> dispatch(other, owners));
    }
    var order = rows.texts("SELECT owner FROM junction.assignments ORDER BY number");
    assertThat(order).hasSize(4 * JOBS);
    for (int rounds = 1; rounds * BATCH < 3 * JOBS; rounds++) {
      var shares = Owners.counted(order.subList(0, rounds * BATCH));
      double a = shares.getOrDefault("a", 0L);
      assertThat(a - shares.getOrDefault("b", 0L)).isBetween(-1.0, 1.0);
      assertThat(a - shares.getOrDefault("double", 0L) / 2.0).isBetween(-1.5, 1.5);
    }
  }

  private static boolean dispatch(DispatcherCopy copy, Owners owners) {
    while (owners.placed("q") < 4 * JOBS) {
      copy.get(Dispatcher.class).run(Wake.POLL);
    }
    return true;
  }
}
