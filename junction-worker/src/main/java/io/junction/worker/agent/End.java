package io.junction.worker.agent;

/** How a worker's life ended. */
public enum End {
  /** It was asked to, finished or gave back what it ran, and said goodbye. */
  RETIRED,
  /** Junction had retired it; it ended what it ran. */
  STOPPED,
  /** Junction does not let it register: a wrong token, queue or role. Only a human can help. */
  REFUSED,
  /** A bug; the log has it. */
  FAILED
}
