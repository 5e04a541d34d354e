package io.junction.api.worker;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import io.junction.api.ApiProperties;
import io.junction.api.problem.Refusal;
import io.junction.api.token.WorkerToken;
import io.junction.common.hint.Hints;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Registers a worker, and retires the one that it replaces, in one transaction: what the
 * predecessor had is queued again at once.
 */
@Component
class RegisterWorker {

  private static final int MAX_ATTRIBUTES_BYTES = 16 * 1024;
  private static final NoArgGenerator IDS = Generators.timeBasedEpochGenerator();

  private final WorkerStatements statements;
  private final RetireWorker retire;
  private final Hints hints;
  private final ApiProperties.WorkerPromises promises;

  RegisterWorker(
      WorkerStatements statements, RetireWorker retire, Hints hints, ApiProperties properties) {
    this.statements = statements;
    this.retire = retire;
    this.hints = hints;
    this.promises = properties.worker();
  }

  @Transactional
  public RegisterResponse register(RegisterRequest request) {
    var attributes = request.attributes();
    if (attributes != null
        && attributes.text().getBytes(StandardCharsets.UTF_8).length > MAX_ATTRIBUTES_BYTES) {
      throw Refusal.invalid("attributes", "has at most " + MAX_ATTRIBUTES_BYTES + " bytes");
    }
    var replaces = request.replaces();
    if (replaces != null && !retire.retire(replaces, "its worker was replaced", true)) {
      throw Refusal.invalid("replaces", "names no worker: " + replaces);
    }
    var token = WorkerToken.create(IDS.generate());
    statements.ensureQueue(request.queue());
    statements.register(
        token.worker(),
        request,
        token.hash(),
        promises.lease().toMillis(),
        promises.silence().toMillis());
    hints.queues(List.of(request.queue()));
    return new RegisterResponse(
        token.worker(),
        token.text(),
        request.queue(),
        promises.heartbeatInterval().toMillis(),
        promises.maxWait().toMillis(),
        promises.maxIdleWait().toMillis(),
        promises.lease().toMillis());
  }
}
