package io.junction.api.state;

import io.junction.common.assignment.Outcome;
import io.junction.common.transition.Closing;
import io.junction.common.transition.Transitions;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Cancels a job by the word of the worker that has it. */
@Component
class CancelAssignment {

  private final Transitions transitions;
  private final TransactionTemplate transaction;

  CancelAssignment(Transitions transitions, TransactionTemplate transaction) {
    this.transitions = transitions;
    this.transaction = transaction;
  }

  /** Whether it was open, and its job is canceled by this. */
  boolean cancel(UUID assignment, UUID worker, @Nullable String reason) {
    var closing = new Closing(assignment, worker, Outcome.CANCELED, reason, false);
    return Boolean.TRUE.equals(
        transaction.execute(status -> !transitions.close(List.of(closing)).isEmpty()));
  }
}
