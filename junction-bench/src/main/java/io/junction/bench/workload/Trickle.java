package io.junction.bench.workload;

import io.junction.bench.house.Database;
import io.junction.bench.house.Refusal;
import io.junction.bench.load.Crowd;
import io.junction.bench.load.Latencies;
import io.junction.bench.load.SimulatedWorker;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Jobs that come one by one at a steady rate, by SQL on connections of their own, to workers that
 * wait for them in long polls: from the commit to the worker's hands. A commit takes its session
 * some milliseconds, so a higher rate needs more sessions, as it would have them anywhere.
 */
public final class Trickle {

  private static final int PER_SECOND_AND_SESSION = 200;

  private final Database database;
  private final List<SimulatedWorker> workers;
  private final int perSecond;
  private final ConcurrentHashMap<Long, Long> committed = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Long, Long> taken = new ConcurrentHashMap<>();
  private volatile boolean over;
  private volatile double reached;

  /**
   * @param workers of {@code bench-1}, each registered, none at work
   */
  public Trickle(Database database, List<SimulatedWorker> workers, int perSecond) {
    this.database = database;
    this.workers = List.copyOf(workers);
    this.perSecond = perSecond;
  }

  /** Lets the workers wait for work, warms up for half of that time, then measures. */
  public Latencies run(Crowd crowd, Duration time) throws InterruptedException {
    park(crowd);
    warm(crowd, time.dividedBy(2));
    return measure(crowd, time);
  }

  /** Lets all workers wait for work, take it, finish it, and wait again. */
  public void park(Crowd crowd) {
    workers.forEach(worker -> crowd.add(() -> work(worker)));
  }

  /** The same as {@link #measure}, without looking at what comes of it. */
  public void warm(Crowd crowd, Duration time) throws InterruptedException {
    pass(crowd, time);
  }

  /** What comes of so much time; the workers stop afterwards. */
  public Latencies measure(Crowd crowd, Duration time) throws InterruptedException {
    committed.clear();
    taken.clear();
    pass(crowd, time);
    over = true;
    var latencies = new Latencies();
    for (var id : committed.keySet()) {
      latencies.add(at(taken, id) - at(committed, id));
    }
    return latencies;
  }

  /** How many jobs a second went from their commit to a worker in the last measurement. */
  public double perSecondReached() {
    return reached;
  }

  private void pass(Crowd crowd, Duration time) throws InterruptedException {
    int jobs = (int) (perSecond * time.toMillis() / 1000);
    int sessions = Math.ceilDiv(perSecond, PER_SECOND_AND_SESSION);
    var done = new CountDownLatch(sessions);
    long started = System.nanoTime();
    for (int session = 0; session < sessions; session++) {
      int first = session;
      crowd.add(
          () -> {
            submit(started, first, sessions, jobs);
            done.countDown();
          });
    }
    crowd.await(done);
    awaitTaken(crowd);
    reached = jobs / ((System.nanoTime() - started) / 1e9);
  }

  private static long at(ConcurrentHashMap<Long, Long> times, Long job) {
    return times.getOrDefault(job, 0L);
  }

  private void awaitTaken(Crowd crowd) throws InterruptedException {
    int jobs = committed.size();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (taken.size() < jobs) {
      if (System.nanoTime() - deadline > 0) {
        throw new Refusal("Of %d jobs only %d were taken.".formatted(jobs, taken.size()));
      }
      crowd.await(Duration.ofMillis(50));
    }
  }

  /**
   * Every {@code sessions}-th job from the first one on, at even intervals, however long each
   * takes: one that is late does not make the next late.
   */
  private void submit(long started, int first, int sessions, int jobs)
      throws SQLException, InterruptedException {
    try (var submit = new SubmitStatements(database.connect())) {
      var never = new CountDownLatch(1);
      for (int i = first; i < jobs; i += sessions) {
        long due = started + TimeUnit.SECONDS.toNanos(1) * i / perSecond;
        boolean _ = never.await(due - System.nanoTime(), TimeUnit.NANOSECONDS);
        long id = submit.enqueue("bench-1");
        committed.put(id, System.nanoTime());
      }
    }
  }

  private void work(SimulatedWorker worker) throws IOException {
    while (!over) {
      worker.beat(true);
      long now = System.nanoTime();
      worker.jobs().values().forEach(job -> taken.putIfAbsent(job, now));
      if (!worker.jobs().isEmpty()) {
        worker.finishAll();
        long then = System.nanoTime();
        worker.jobs().values().forEach(job -> taken.putIfAbsent(job, then));
      }
    }
  }
}
