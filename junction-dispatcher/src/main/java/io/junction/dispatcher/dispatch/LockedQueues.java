package io.junction.dispatcher.dispatch;

import io.junction.common.queue.QueueStatements;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Transactions that begin with the locks of the queues into which they place. */
@Component
class LockedQueues {

  private final QueueStatements locks;
  private final TransactionTemplate transaction;

  LockedQueues(QueueStatements locks, TransactionTemplate transaction) {
    this.locks = locks;
    this.transaction = transaction;
  }

  /** What it reads was committed before, or by itself. */
  <T> T in(List<String> queues, Supplier<T> work) {
    return transaction.execute(
        status -> {
          locks.lock(queues);
          return work.get();
        });
  }
}
