package io.junction.dispatcher.prune;

import io.junction.dispatcher.DispatcherProperties;
import io.junction.dispatcher.loop.Wake;
import io.junction.dispatcher.loop.Work;
import io.junction.dispatcher.prune.PruneStatements.TurnWalk;
import java.time.Duration;
import org.springframework.stereotype.Component;

/**
 * Removes finished jobs and builds, events, and workers that are gone, when the retention is over;
 * and turns of owners that say nothing any more.
 *
 * <p>Nobody waits for it, so it stays out of the way: after a full batch it rests for a multiple of
 * the time that the batch took. A server that is busy, and so takes longer, gets longer rests.
 */
@Component
class Pruner implements Work {

  /** It works an eighth of the time at most. */
  private static final int RESTS_PER_BATCH = 7;

  /** A build goes with its jobs, so there are fewer of them in a batch. */
  private static final int JOBS_PER_BUILD = 10;

  /** An event goes alone, and a job has several. */
  private static final int EVENTS_PER_JOB = 10;

  private final PruneStatements statements;
  private final DispatcherProperties.Pruning properties;
  private final Duration retention;
  private final Duration eventRetention;

  /** Where the walk over the jobs stands: below all of them, unless it is under way. */
  private long behindJobs = Long.MIN_VALUE;

  /** Up to which id events were removed by full batches in a row: the next need not pass them. */
  private long behindEvents;

  /** Where the walk over the turns of owners stands, likewise. */
  private TurnWalk behindTurns = TurnWalk.NONE;

  Pruner(PruneStatements statements, DispatcherProperties properties) {
    this.statements = statements;
    this.properties = properties.pruner();
    this.retention = properties.retention();
    this.eventRetention = properties.events().retention();
  }

  @Override
  public String name() {
    return "prune";
  }

  @Override
  public Duration interval() {
    return properties.poll();
  }

  @Override
  public PruneRound run(Wake wake) {
    int batch = properties.batch();
    int buildBatch = Math.max(1, batch / JOBS_PER_BUILD);
    long begin = System.nanoTime();
    var jobs = statements.jobs(behindJobs, retention, batch);
    behindJobs = jobs.more() ? jobs.last() : Long.MIN_VALUE;
    int builds = statements.builds(retention, buildBatch);
    var events = statements.events(behindEvents, eventRetention, batch * EVENTS_PER_JOB);
    behindEvents = events.more() ? events.last() : 0;
    int workers = statements.workers(retention, batch);
    int deliveries = statements.deliveries(retention, batch);
    var turns = statements.turns(behindTurns, batch * EVENTS_PER_JOB);
    behindTurns = turns.more() ? turns : TurnWalk.NONE;
    boolean full =
        jobs.more()
            || turns.more()
            || events.more()
            || builds == buildBatch
            || workers == batch
            || deliveries == batch;
    long rest = (System.nanoTime() - begin) * RESTS_PER_BATCH;
    return new PruneRound(
        jobs.count(),
        builds,
        events.count(),
        workers,
        deliveries,
        full ? Duration.ofNanos(rest) : null);
  }
}
