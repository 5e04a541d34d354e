package io.junction.api.token;

import java.util.UUID;

/** Makes tokens of assignments as a worker does. */
public final class AssignmentTokens {

  private AssignmentTokens() {}

  public static String of(UUID worker, UUID assignment, String workerToken) {
    return AssignmentToken.create(worker, assignment, WorkerToken.sha256(workerToken));
  }
}
