package io.junction.worker.client;

import java.util.Objects;
import java.util.UUID;

/**
 * A registration: the worker's id and own token, and the rhythm that Junction asks for, in
 * milliseconds. An older Junction has one longest wait, whether the worker is idle or not.
 */
public record Registered(
    UUID id,
    String token,
    String queue,
    long heartbeatIntervalMs,
    long maxWaitMs,
    long maxIdleWaitMs,
    long leaseMs) {

  public Registered {
    Objects.requireNonNull(id, "id is missing");
    Objects.requireNonNull(token, "token is missing");
    maxIdleWaitMs = Math.max(maxIdleWaitMs, maxWaitMs);
    if (heartbeatIntervalMs < 1 || leaseMs < 1 || maxWaitMs < 0) {
      throw new IllegalArgumentException(
          "heartbeat_interval_ms "
              + heartbeatIntervalMs
              + ", max_wait_ms "
              + maxWaitMs
              + ", lease_ms "
              + leaseMs);
    }
  }

  @Override
  public String toString() {
    return "Registered[id=" + id + ", queue=" + queue + "]"; // the token stays out of logs
  }
}
