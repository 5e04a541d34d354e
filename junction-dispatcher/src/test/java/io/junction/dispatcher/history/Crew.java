package io.junction.dispatcher.history;

import io.junction.common.assignment.Outcome;
import io.junction.common.job.JobState;
import io.junction.common.transition.Closing;
import io.junction.common.transition.JobEvent;
import io.junction.common.transition.JobTransitions;
import io.junction.common.transition.Report;
import io.junction.common.transition.Transitions;
import io.junction.dispatcher.DispatcherCopy;
import java.util.ArrayList;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * All workers of a queue: they take up what is placed, and finish, fail, give back, lose it, or
 * have it canceled, in large batches and by the transitions that the API calls.
 */
final class Crew {

  private static final int PATIENCE_S = 60;

  private static final String OPEN =
      """
      SELECT a.id, a.worker_id, a.job_id, j.state
      FROM junction.assignments a JOIN junction.jobs j ON j.id = ANY (ARRAY[a.job_id])
      WHERE a.queue = :queue AND a.ended_at IS NULL LIMIT 400
      """;

  private final DispatcherCopy copy;
  private final String queue;
  private final Random random;
  private final Semaphore placed = new Semaphore(0);

  /** What one look at its assignments is about. */
  private record Held(UUID assignment, UUID worker, long job, JobState state) {}

  Crew(DispatcherCopy copy, String queue, Random random) {
    this.copy = copy;
    this.queue = queue;
    this.random = random;
  }

  String queue() {
    return queue;
  }

  /** Something was placed, or the work is over. */
  void wake() {
    placed.release();
  }

  /**
   * Works until all is over.
   *
   * @param turn held by who does something, so that everybody can be stopped
   * @param ended is given a permit for each job that ends
   */
  boolean work(Lock turn, Semaphore ended, BooleanSupplier over) throws InterruptedException {
    while (!over.getAsBoolean()) {
      placed.drainPermits();
      int found;
      turn.lock();
      try {
        found = takeATurn(ended);
      } finally {
        turn.unlock();
      }
      if (found == 0 && !over.getAsBoolean()) {
        awaitPlacement();
      }
    }
    return true;
  }

  private void awaitPlacement() throws InterruptedException {
    if (!placed.tryAcquire(PATIENCE_S, TimeUnit.SECONDS)) {
      throw new AssertionError("nothing was placed in " + queue + " within " + PATIENCE_S + " s");
    }
  }

  private int takeATurn(Semaphore ended) {
    var open =
        copy.get(JdbcClient.class)
            .sql(OPEN)
            .param("queue", queue)
            .query(
                (row, n) ->
                    new Held(
                        row.getObject("id", UUID.class),
                        row.getObject("worker_id", UUID.class),
                        row.getLong("job_id"),
                        JobState.of(row.getString("state"))))
            .list();
    var reports = new ArrayList<Report>();
    var lost = new ArrayList<Closing>();
    var canceled = new ArrayList<Long>();
    int finished = 0;
    for (var held : open) {
      int dice = random.nextInt(100);
      if (held.state() == JobState.QUEUED && dice < 30) {
        reports.add(report(held, dice < 10 ? JobEvent.RECEIVE : JobEvent.START, null));
      } else if (dice < 90) {
        reports.add(report(held, JobEvent.FINISH, endOf(dice)));
        finished++;
      } else if (dice < 94) {
        reports.add(report(held, JobEvent.RESTART, null));
      } else if (dice < 98) {
        lost.add(Closing.of(held.assignment(), Outcome.LOST, "dropped", true));
      } else {
        canceled.add(held.job());
      }
    }
    var transitions = copy.get(Transitions.class);
    ended.release(tried(() -> transitions.report(reports)) ? finished : 0);
    tried(() -> transitions.close(lost));
    canceled.forEach(this::cancel);
    ended.release(canceled.size());
    return open.size();
  }

  private static JobState endOf(int dice) {
    return switch (dice % 10) {
      case 0 -> JobState.FAILED;
      case 1 -> JobState.ERRORED;
      default -> JobState.PASSED;
    };
  }

  /**
   * Of two that wait for each other Postgres ends one: a report, say, and the reaper, who has given
   * up on its worker. A worker asks again then, and so does the next turn.
   */
  private boolean tried(Runnable change) {
    try {
      copy.transaction().executeWithoutResult(status -> change.run());
      return true;
    } catch (PessimisticLockingFailureException rolledBack) {
      return false;
    }
  }

  /** Whatever the job is doing. */
  void cancel(long job) {
    tried(() -> copy.get(JobTransitions.class).cancel(job, "no longer needed"));
  }

  private static Report report(Held held, JobEvent event, @Nullable JobState state) {
    return new Report(held.assignment(), held.worker(), event, state, null, null, null);
  }
}
