package io.junction.dispatcher.prune;

import io.junction.dispatcher.DispatcherProperties;
import io.junction.dispatcher.loop.Wake;
import io.junction.dispatcher.loop.Work;
import java.time.Duration;
import org.springframework.stereotype.Component;

/**
 * Removes finished jobs, and workers that are gone, when the retention is over.
 *
 * <p>Nobody waits for it, so it stays out of the way: after a full batch it rests for a multiple of
 * the time that the batch took. A server that is busy, and so takes longer, gets longer rests.
 */
@Component
class Pruner implements Work {

  /** It works an eighth of the time at most. */
  private static final int RESTS_PER_BATCH = 7;

  private final PruneStatements statements;
  private final DispatcherProperties.Pruning properties;
  private final Duration retention;

  Pruner(PruneStatements statements, DispatcherProperties properties) {
    this.statements = statements;
    this.properties = properties.pruner();
    this.retention = properties.retention();
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
    long begin = System.nanoTime();
    int jobs = statements.jobs(retention, batch);
    int workers = statements.workers(retention, batch);
    int deliveries = statements.deliveries(retention, batch);
    boolean full = jobs == batch || workers == batch || deliveries == batch;
    long rest = (System.nanoTime() - begin) * RESTS_PER_BATCH;
    return new PruneRound(jobs, workers, full ? Duration.ofNanos(rest) : null);
  }
}
