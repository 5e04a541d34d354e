package io.junction.common.build;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A set of jobs with one state, as it stands. Read only: it follows its jobs, in {@code
 * common.transition}.
 *
 * <p>All instants are the database's; the duration is in seconds, the sum of those of its jobs.
 */
@Entity
@Table(name = "builds")
public class Build {

  @Id private long id;

  @Column(columnDefinition = "build_state")
  private String state;

  @Column(columnDefinition = "build_state")
  private @Nullable String previousState;

  @Column(columnDefinition = "repository_name")
  private @Nullable String repository;

  @Column(columnDefinition = "owner_name")
  private @Nullable String owner;

  @Column(columnDefinition = "build_text")
  private @Nullable String branch;

  @Column(columnDefinition = "build_text")
  private @Nullable String number;

  @Column(columnDefinition = "build_text")
  private @Nullable String commit;

  @Column(columnDefinition = "build_message")
  private @Nullable String message;

  @Column(columnDefinition = "build_text")
  private @Nullable String pullRequestTitle;

  @Column(columnDefinition = "build_url")
  private @Nullable String url;

  @Column(columnDefinition = "short_reason")
  private @Nullable String reason;

  private @Nullable Integer pullRequestNumber;
  private String eventType;
  private boolean fastFinish;
  private Instant createdAt;
  private @Nullable Instant startedAt;
  private @Nullable Instant finishedAt;
  private @Nullable Instant canceledAt;
  private @Nullable Instant restartedAt;
  private @Nullable Long duration;

  @SuppressWarnings("NullAway.Init")
  Build() {}

  public long id() {
    return id;
  }

  public BuildState state() {
    return BuildState.of(state);
  }

  /** How the build before it on its branch ended; null while that is not known. */
  public @Nullable String previousState() {
    return previousState;
  }

  public @Nullable String repository() {
    return repository;
  }

  public @Nullable String owner() {
    return owner;
  }

  public @Nullable String branch() {
    return branch;
  }

  public @Nullable String number() {
    return number;
  }

  public @Nullable String commit() {
    return commit;
  }

  public @Nullable String message() {
    return message;
  }

  public @Nullable String pullRequestTitle() {
    return pullRequestTitle;
  }

  public @Nullable String url() {
    return url;
  }

  public @Nullable String reason() {
    return reason;
  }

  public @Nullable Integer pullRequestNumber() {
    return pullRequestNumber;
  }

  public String eventType() {
    return eventType;
  }

  public boolean fastFinish() {
    return fastFinish;
  }

  public Instant createdAt() {
    return createdAt;
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

  public @Nullable Instant restartedAt() {
    return restartedAt;
  }

  public @Nullable Long duration() {
    return duration;
  }
}
