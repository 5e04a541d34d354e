package io.junction.api.build;

import io.junction.api.problem.Refusal;
import io.junction.common.transition.BuildTransitions;
import io.junction.common.transition.BuildTransitions.Result;
import io.junction.common.transition.Verdict;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Cancels and restarts builds. */
@Component
class ChangeBuild {

  private final BuildTransitions transitions;
  private final TransactionTemplate transaction;

  ChangeBuild(BuildTransitions transitions, TransactionTemplate transaction) {
    this.transitions = transitions;
    this.transaction = transaction;
  }

  void cancel(long id, @Nullable String reason) {
    var result = inTransaction(id, () -> transitions.cancel(id, reason));
    if (result.kind() == Verdict.Kind.REFUSED) {
      var state = result.state().text();
      throw Refusal.refused("build " + id + " cannot be canceled: it has ended " + state, state);
    }
  }

  void restart(long id, @Nullable String reason) {
    var result = inTransaction(id, () -> transitions.restart(id, reason));
    if (result.kind() == Verdict.Kind.REFUSED) {
      throw Refusal.refused(
          "build "
              + id
              + " cannot be restarted: all attempts of job "
              + result.job()
              + " are used up",
          result.state().text());
    }
  }

  private Result inTransaction(long id, Supplier<@Nullable Result> change) {
    var result = transaction.execute(status -> change.get());
    if (result == null) {
      throw Refusal.notFound("there is no build " + id);
    }
    return result;
  }
}
