package io.junction.api.job;

import io.junction.api.ApiProperties;
import io.junction.api.batch.GroupCommit;
import io.junction.common.job.JobSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Queues jobs: those of one request all or none, those of many requests in one transaction. */
@Component
class SubmitJobs implements AutoCloseable {

  private final GroupCommit<List<JobSpec>, List<Submitted>> submit;

  SubmitJobs(JobStatements statements, TransactionTemplate transaction, ApiProperties properties) {
    this.submit =
        new GroupCommit<>(
            "submits",
            properties.batching(),
            batch -> Objects.requireNonNull(transaction.execute(s -> insert(statements, batch))));
  }

  /** What was written, in their order. */
  List<Submitted> submit(List<JobSpec> specs) {
    return submit.submit(specs);
  }

  private static List<List<Submitted>> insert(JobStatements statements, List<List<JobSpec>> batch) {
    var submitted = statements.insert(batch.stream().flatMap(List::stream).toList());
    var answers = new ArrayList<List<Submitted>>();
    int from = 0;
    for (var specs : batch) {
      answers.add(List.copyOf(submitted.subList(from, from + specs.size())));
      from += specs.size();
    }
    return answers;
  }

  @Override
  public void close() {
    submit.close();
  }
}
