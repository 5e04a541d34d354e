package io.junction.api.worker;

import io.junction.common.assignment.Outcome;
import io.junction.common.hint.Hints;
import io.junction.common.queue.QueueStatements;
import io.junction.common.transition.Closing;
import io.junction.common.transition.Transitions;
import io.junction.common.worker.Worker;
import io.junction.common.worker.Workers;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Retires a worker: it gets nothing any more, and what it has is queued again at once.
 *
 * <p>Concurrency: under the queue's lock, so that no round of the dispatcher places on it
 * afterwards.
 */
@Component
class RetireWorker {

  private final Workers workers;
  private final WorkerStatements statements;
  private final QueueStatements queues;
  private final Transitions transitions;
  private final Hints hints;

  RetireWorker(
      Workers workers,
      WorkerStatements statements,
      QueueStatements queues,
      Transitions transitions,
      Hints hints) {
    this.workers = workers;
    this.statements = statements;
    this.queues = queues;
    this.transitions = transitions;
    this.hints = hints;
  }

  /**
   * Retires it for good.
   *
   * @param mayStillRun whether its jobs may be running yet; exclusive ones are then held back
   * @return false when there is no such worker; retiring it again changes nothing
   */
  @Transactional
  public boolean retire(UUID id, String reason, boolean mayStillRun) {
    var queue = workers.findById(id).map(Worker::queue);
    if (queue.isEmpty()) {
      return false;
    }
    queues.lock(List.of(queue.get()));
    if (statements.retire(id)) {
      transitions.close(
          statements.openAssignments(id).stream()
              .map(assignment -> Closing.of(assignment, Outcome.RETIRED, reason, mayStillRun))
              .toList());
      hints.workers(List.of(id));
    }
    return true;
  }

  /** Asks it to finish what it runs and to retire; false when there is no such worker. */
  @Transactional
  public boolean drain(UUID id) {
    if (workers.findById(id).isEmpty()) {
      return false;
    }
    if (statements.drain(id)) {
      hints.workers(List.of(id));
    }
    return true;
  }
}
