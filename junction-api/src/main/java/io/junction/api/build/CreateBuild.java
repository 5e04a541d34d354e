package io.junction.api.build;

import io.junction.api.job.JobRequest;
import io.junction.api.json.JsonObject;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Creates a build with its stages and jobs, all or nothing. */
@Component
class CreateBuild {

  private final CreateBuildStatements statements;
  private final TransactionTemplate transaction;

  CreateBuild(CreateBuildStatements statements, TransactionTemplate transaction) {
    this.statements = statements;
    this.transaction = transaction;
  }

  /** Its id. Its jobs are created: the limiter queues them, stage by stage. */
  long create(BuildRequest build) {
    return Objects.requireNonNull(transaction.execute(status -> inTransaction(build)));
  }

  private long inTransaction(BuildRequest build) {
    long id = statements.insert(build);
    var config = build.config();
    if (config != null && !config.equals(JsonObject.EMPTY)) {
      statements.insertConfig(id, config);
    }
    var label = Objects.requireNonNullElse(build.number(), "" + id);
    var stages = build.stages();
    if (stages == null) {
      statements.insertJobs(
          new CreateBuildStatements.Place(id, null, label, 1),
          Objects.requireNonNull(build.jobs()),
          build);
      return id;
    }
    var ids = statements.insertStages(id, stages);
    int number = 1;
    for (int i = 0; i < stages.size(); i++) {
      var jobs = Objects.requireNonNullElse(stages.get(i).jobs(), List.<JobRequest>of());
      statements.insertJobs(
          new CreateBuildStatements.Place(id, ids.get(i), label, number), jobs, build);
      number += jobs.size();
    }
    return id;
  }
}
