package io.junction.api.assignment;

import io.junction.api.ApiProperties;
import io.junction.api.batch.GroupCommit;
import io.junction.common.transition.Report;
import io.junction.common.transition.Transitions;
import io.junction.common.transition.Verdict;
import java.util.Objects;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Applies single reports; those that arrive together share a transaction. */
@Component
public class ReportState implements AutoCloseable {

  private final GroupCommit<Report, Verdict> reports;

  ReportState(Transitions transitions, TransactionTemplate transaction, ApiProperties properties) {
    this.reports =
        new GroupCommit<>(
            "reports",
            properties.batching(),
            batch -> Objects.requireNonNull(transaction.execute(s -> transitions.report(batch))));
  }

  public Verdict report(Report report) {
    return reports.submit(report);
  }

  @Override
  public void close() {
    reports.close();
  }
}
