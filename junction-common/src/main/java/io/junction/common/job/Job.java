package io.junction.common.job;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A unit of work, as it stands. Read only: every change goes through {@code common.transition}.
 *
 * <p>All instants are the database's.
 */
@Entity
@Table(name = "jobs")
public class Job {

  @Id private long id;

  @Column(columnDefinition = "queue_name")
  private @Nullable String queue;

  private String state;

  @Column(columnDefinition = "job_priority")
  private int priority;

  @Column(columnDefinition = "job_attempt")
  private int attempt;

  @Column(columnDefinition = "job_max_attempts")
  private int maxAttempts;

  private boolean exclusive;

  @Column(columnDefinition = "job_timeout_ms")
  private @Nullable Long timeoutMs;

  @Column(columnDefinition = "owner_name")
  private @Nullable String owner;

  @Column(columnDefinition = "repository_name")
  private @Nullable String repository;

  @Column(columnDefinition = "short_reason")
  private @Nullable String reason;

  @Column(columnDefinition = "build_text")
  private @Nullable String number;

  @Column(columnDefinition = "concurrency_key")
  private @Nullable String concurrencyGroup;

  @Column(columnDefinition = "concurrency_max")
  private int concurrencyMax;

  @Column(name = "public")
  private boolean isPublic;

  private @Nullable Long buildId;
  private @Nullable Long stageId;
  private boolean allowFailure;
  private @Nullable UUID assignmentId;
  private Instant createdAt;
  private @Nullable Instant queuedAt;
  private @Nullable Instant receivedAt;
  private @Nullable Instant startedAt;
  private @Nullable Instant finishedAt;
  private @Nullable Instant canceledAt;

  @SuppressWarnings("NullAway.Init")
  Job() {}

  public long id() {
    return id;
  }

  /** Null as long as the rules have not decided, or if they could not. */
  public @Nullable String queue() {
    return queue;
  }

  public JobState state() {
    return JobState.of(state);
  }

  public int priority() {
    return priority;
  }

  public int attempt() {
    return attempt;
  }

  public JobSpec.@Nullable Concurrency concurrency() {
    return concurrencyGroup == null
        ? null
        : new JobSpec.Concurrency(concurrencyGroup, concurrencyMax);
  }

  public boolean isPublic() {
    return isPublic;
  }

  public int maxAttempts() {
    return maxAttempts;
  }

  public boolean exclusive() {
    return exclusive;
  }

  public @Nullable Long timeoutMs() {
    return timeoutMs;
  }

  public @Nullable String owner() {
    return owner;
  }

  public @Nullable String repository() {
    return repository;
  }

  /** Why it ended or was restarted, in plain words; null when nobody said. */
  public @Nullable String reason() {
    return reason;
  }

  public @Nullable Long buildId() {
    return buildId;
  }

  public @Nullable Long stageId() {
    return stageId;
  }

  /** By which people know it, as {@code 12.3} for the third job of build 12. */
  public @Nullable String number() {
    return number;
  }

  /** Whether its build may pass without it. */
  public boolean allowFailure() {
    return allowFailure;
  }

  /** The open assignment, or of a job that its worker finished, the one that finished it. */
  public @Nullable UUID assignmentId() {
    return assignmentId;
  }

  public Instant createdAt() {
    return createdAt;
  }

  public @Nullable Instant queuedAt() {
    return queuedAt;
  }

  public @Nullable Instant receivedAt() {
    return receivedAt;
  }

  public @Nullable Instant startedAt() {
    return startedAt;
  }

  public @Nullable Instant finishedAt() {
    return finishedAt;
  }

  public @Nullable Instant canceledAt() {
    return canceledAt;
  }
}
