package io.junction.dispatcher.prune;

import io.junction.dispatcher.DispatcherProperties;
import io.junction.dispatcher.loop.Wake;
import io.junction.dispatcher.loop.Work;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Removes finished jobs, and workers that are gone, when the retention is over. */
@Component
class Pruner implements Work {

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
    int jobs = statements.jobs(retention, batch);
    int workers = statements.workers(retention, batch);
    return new PruneRound(jobs, workers, jobs == batch || workers == batch);
  }
}
