package io.junction.api.token;

/** What a token opens; docs/protocol.md, section 1. */
public enum Role {
  /** May register workers. */
  WORKER,
  /** Submits, reads, cancels and restarts jobs. */
  SCHEDULER,
  /** May do everything but be a worker. */
  OPERATOR,
  /** Reads everything. */
  READER,
  /** One registered worker, with the token of its registration. */
  REGISTERED_WORKER,
  /** One assignment of a worker, with the token that the worker made for it. */
  ASSIGNMENT
}
