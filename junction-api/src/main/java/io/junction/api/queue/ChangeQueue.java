package io.junction.api.queue;

import io.junction.common.hint.Hints;
import io.junction.common.queue.QueueName;
import io.junction.common.queue.QueueStatements;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Changes a queue's capacity, pauses and resumes it.
 *
 * <p>Concurrency: under the queue's lock, so that no round that read the old value places after it.
 */
@Component
class ChangeQueue {

  private final CapacityStatements statements;
  private final QueueStatements queues;
  private final Hints hints;

  ChangeQueue(CapacityStatements statements, QueueStatements queues, Hints hints) {
    this.statements = statements;
    this.queues = queues;
    this.hints = hints;
  }

  /** Whether the queue is new. */
  @Transactional
  public boolean limit(QueueName name, @Nullable Integer capacity) {
    queues.lock(List.of(name.value()));
    boolean isNew = statements.put(name.value(), capacity);
    hints.queues(List.of(name.value()));
    return isNew;
  }

  @Transactional
  public void pause(QueueName name) {
    queues.lock(List.of(name.value()));
    statements.pause(name.value());
  }

  @Transactional
  public void resume(QueueName name) {
    queues.lock(List.of(name.value()));
    statements.resume(name.value());
    hints.queues(List.of(name.value()));
  }
}
