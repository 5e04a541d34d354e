package io.junction.common.assignment;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of one job on one worker, open until it has an {@link Outcome}.
 *
 * <p>Invariant: at most one is open per job (index {@code one_open_assignment_per_job}). Authority:
 * the dispatcher places it; {@code common.transition} closes it, for whoever commits first.
 */
@Entity
@Table(name = "assignments")
public class Assignment {

  @Id private UUID id;
  private long jobId;
  private UUID workerId;
  private int attempt;
  private Instant createdAt;
  private @Nullable Instant lastHeartbeat;
  private @Nullable Instant endedAt;

  @Column(columnDefinition = "assignment_outcome")
  private @Nullable String outcome;

  @Column(columnDefinition = "short_reason")
  private @Nullable String reason;

  @JdbcTypeCode(SqlTypes.JSON)
  private @Nullable String result;

  @SuppressWarnings("NullAway.Init")
  Assignment() {}

  public UUID id() {
    return id;
  }

  public long jobId() {
    return jobId;
  }

  public UUID workerId() {
    return workerId;
  }

  public int attempt() {
    return attempt;
  }

  public Instant createdAt() {
    return createdAt;
  }

  public @Nullable Instant lastHeartbeat() {
    return lastHeartbeat;
  }

  public @Nullable Instant endedAt() {
    return endedAt;
  }

  /** An {@link Outcome} as text; null while it is open. */
  public @Nullable String outcome() {
    return outcome;
  }

  public @Nullable String reason() {
    return reason;
  }

  /** What the worker said of it, a JSON object as text. */
  public @Nullable String result() {
    return result;
  }
}
