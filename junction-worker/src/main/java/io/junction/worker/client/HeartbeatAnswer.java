package io.junction.worker.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The whole list of what the worker should be working on, and a verdict for each update. */
public record HeartbeatAnswer(
    long seq,
    List<Assigned> assignments,
    List<Verdict> updates,
    Directive directive,
    long heartbeatIntervalMs,
    long leaseMs) {

  @SuppressWarnings("ConstantValue") // JSON knows no @NullMarked
  public HeartbeatAnswer(
      long seq,
      @Nullable List<Assigned> assignments,
      @Nullable List<Verdict> updates,
      @Nullable Directive directive,
      long heartbeatIntervalMs,
      long leaseMs) {
    if (assignments == null) {
      throw new IllegalArgumentException(
          "assignments is missing, and the answer is the whole list");
    }
    if (leaseMs < 1) {
      throw new IllegalArgumentException("lease_ms is " + leaseMs);
    }
    this.seq = seq;
    this.assignments = List.copyOf(assignments);
    this.updates = updates == null ? List.of() : List.copyOf(updates);
    this.directive = directive == null ? Directive.RUN : directive;
    this.heartbeatIntervalMs = heartbeatIntervalMs;
    this.leaseMs = leaseMs;
  }
}
