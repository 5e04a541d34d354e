package io.junction.dispatcher.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.common.hint.HintListener;
import io.junction.common.hint.Hints;
import io.junction.common.limit.LimitLockStatements;
import io.junction.common.limit.LimitPlanner;
import io.junction.common.limit.Worlds;
import io.junction.dispatcher.DispatcherCopy;
import io.junction.dispatcher.Rows;
import io.junction.testing.Concurrently;
import io.junction.testing.Postgres;
import io.junction.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Three dispatchers with all their loops, and a town whose jobs are created, finish, fail, are
 * lost, given back and canceled all the time, while its limits are raised and lowered.
 *
 * <p>The loops that let in and place do not poll, so whatever moves was hinted at: were one hint
 * not sent, or not followed, a place would stay free. Every so often all stand still but the
 * dispatchers, and then no job may ask for which there is a place.
 */
@Postgres
class LimitHistoryRaceTest {

  private static final long SEED = 5;
  private static final int JOBS = 50_000;
  private static final int BATCH = 2_000;
  private static final int AHEAD = 6_000;
  private static final int CANCELED_OF_A_BATCH = 50;
  private static final int CHANGES_OF_A_BATCH = 10;
  private static final int BATCHES_OF_A_STANDSTILL = 5;
  private static final int WORKERS = 4;
  private static final int SLOTS = 1_000;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final Random random = new Random(SEED);
  private final ReentrantReadWriteLock turns = new ReentrantReadWriteLock();
  private final Semaphore ended = new Semaphore(AHEAD);
  private final List<Long> askedAtStandstills = new ArrayList<>();
  private volatile boolean over;

  @Test
  void no_limit_is_ever_exceeded_and_no_place_waits_for_a_poll(TestDatabase database) {
    var rows = new Rows(database);
    try (var chronicle = new Chronicle(database.jdbc());
        var hands = new DispatcherCopy(Town.LIMITS)) {
      var town = new Town(hands, rows, new Random(SEED));
      live(rows, hands, town);
      var evidence = chronicle.judge(town.claims(), town.limits());
      System.out.println(
          "limits: seed %d, %s\n  states %s, outcomes %s, asked while all stood still %s"
              .formatted(
                  SEED, evidence, chronicle.states(), chronicle.outcomes(), askedAtStandstills));
      assertThat(evidence.excesses()).as("limits that were exceeded").isEmpty();
      assertThat(evidence.jobs()).isEqualTo(JOBS);
      assertThat(evidence.admissions()).isGreaterThan(JOBS).isEqualTo(evidence.ends());
      assertThat(evidence.fullest().values()).hasSize(4).allMatch(kind -> kind.filled() > 0);
      assertThat(evidence.changes()).isGreaterThan(JOBS / BATCH * CHANGES_OF_A_BATCH);
      assertThat(chronicle.states()).containsOnlyKeys("passed", "failed", "errored", "canceled");
      assertThat(chronicle.outcomes())
          .containsOnlyKeys("finished", "restarted", "lost", "canceled");
      assertThat(askedAtStandstills)
          .hasSize(JOBS / BATCH / BATCHES_OF_A_STANDSTILL)
          .allMatch(asked -> asked > 0);
    }
  }

  private void live(Rows rows, DispatcherCopy hands, Town town) {
    var crews = Stream.of("linux", "macs").map(q -> new Crew(hands, q, new Random(SEED))).toList();
    var ear = HintListener.forWorkers(DispatcherCopy.server(), hint -> crews.forEach(Crew::wake));
    ear.start();
    rows.listeningFor("2 h");
    crews.forEach(crew -> IntStream.range(0, WORKERS).forEach(n -> worker(rows, crew.queue())));
    var dispatchers =
        IntStream.range(0, 3).mapToObj(n -> DispatcherCopy.runningByHints(properties())).toList();
    try {
      var tasks = new ArrayList<Callable<Boolean>>();
      tasks.add(
          () -> {
            submitAll(rows, hands, town, crews);
            awaitTheEnd(rows);
            over = true;
            crews.forEach(Crew::wake);
            return true;
          });
      crews.forEach(crew -> tasks.add(() -> crew.work(turns.readLock(), ended, () -> over)));
      Concurrently.run(LONGEST, tasks);
    } finally {
      dispatchers.forEach(DispatcherCopy::close);
      ear.stop();
    }
  }

  private static Map<String, String> properties() {
    var properties = new HashMap<>(Town.LIMITS);
    properties.put("junction.reaper.poll", "500ms");
    properties.put("junction.reaper.take-up", "1h");
    return properties;
  }

  /** Never too far ahead of what has ended. */
  private void submitAll(Rows rows, DispatcherCopy hands, Town town, List<Crew> crews)
      throws InterruptedException {
    for (int batch = 0; batch < JOBS / BATCH; batch++) {
      acquire(BATCH);
      int first = batch * BATCH + 1;
      List<Long> jobs;
      if (batch % BATCHES_OF_A_STANDSTILL == BATCHES_OF_A_STANDSTILL - 1) {
        loseAWorker(rows, hands, crews.get(batch / BATCHES_OF_A_STANDSTILL % crews.size()).queue());
        jobs = standStill(rows, hands, () -> town.submit(first, first + BATCH - 1));
      } else {
        jobs = town.submit(first, first + BATCH - 1);
      }
      for (int n = 0; n < CANCELED_OF_A_BATCH; n++) {
        crews.getFirst().cancel(jobs.get(random.nextInt(BATCH)));
        ended.release();
      }
      for (int n = 0; n < CHANGES_OF_A_BATCH; n++) {
        town.changeALimit();
      }
    }
    town.restore();
  }

  private void acquire(int permits) throws InterruptedException {
    if (!ended.tryAcquire(permits, PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError(
          "fewer than " + permits + " jobs ended within " + PATIENCE.toSeconds() + " s");
    }
  }

  private void awaitTheEnd(Rows rows) throws InterruptedException {
    ended.drainPermits();
    while (rows.number("SELECT count(*) FROM junction.jobs WHERE finished_at IS NULL") > 0) {
      acquire(1);
      ended.drainPermits();
    }
  }

  /** One falls silent, and the reapers find it; another one comes. */
  private static void loseAWorker(Rows rows, DispatcherCopy hands, String queue) {
    rows.run(
        """
        UPDATE junction.worker_heartbeats h SET last_heartbeat = now() - interval '2 h',
          listed_at = now() - interval '2 h'
        WHERE h.worker_id = (
          SELECT id FROM junction.workers WHERE queue = ? AND lost_at IS NULL LIMIT 1)
        """,
        queue);
    worker(rows, queue);
    hands
        .transaction()
        .executeWithoutResult(status -> hands.get(Hints.class).queues(List.of(queue)));
  }

  /** Alive for as long as the test may last. */
  private static UUID worker(Rows rows, String queue) {
    var id = rows.worker(queue, SLOTS);
    rows.run(
        "UPDATE junction.workers SET lease_ms = 3000000, silence_ms = 3600000 WHERE id = ?", id);
    return id;
  }

  /**
   * More is submitted, and nobody does anything but the dispatchers: they let in whom there is a
   * place for, and then nobody.
   */
  private List<Long> standStill(Rows rows, DispatcherCopy hands, Supplier<List<Long>> submit) {
    turns.writeLock().lock();
    try {
      var jobs = submit.get();
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      var left = couldBeLetIn(hands);
      while (!left.isEmpty() && System.nanoTime() - deadline < 0) {
        left = couldBeLetIn(hands);
      }
      assertThat(left).as("jobs that ask, and for which there is a place").isEmpty();
      askedAtStandstills.add(rows.number("SELECT count(*) FROM junction.jobs WHERE asks"));
      return jobs;
    } finally {
      turns.writeLock().unlock();
    }
  }

  private static List<Long> couldBeLetIn(DispatcherCopy hands) {
    return hands
        .transaction()
        .execute(
            status -> {
              hands.get(LimitLockStatements.class).lock();
              var worlds = hands.get(Worlds.class);
              var owners = new ArrayList<>(worlds.ownersAsking("", AHEAD));
              owners.add("");
              return LimitPlanner.plan(worlds.read(owners, AHEAD)).admitted();
            });
  }
}
