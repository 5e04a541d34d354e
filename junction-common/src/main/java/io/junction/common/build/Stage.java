package io.junction.common.build;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An ordered part of a build, as it stands. Read only, like {@link Build}. */
@Entity
@Table(name = "stages")
public class Stage {

  @Id private long id;

  private long buildId;
  private int number;

  @Column(columnDefinition = "build_text")
  private @Nullable String name;

  @Column(columnDefinition = "build_state")
  private String state;

  private @Nullable Instant startedAt;
  private @Nullable Instant finishedAt;
  private @Nullable Long duration;

  @SuppressWarnings("NullAway.Init")
  Stage() {}

  public long id() {
    return id;
  }

  public long buildId() {
    return buildId;
  }

  /** Its place in the build, from 1. */
  public int number() {
    return number;
  }

  public @Nullable String name() {
    return name;
  }

  public BuildState state() {
    return BuildState.of(state);
  }

  public @Nullable Instant startedAt() {
    return startedAt;
  }

  public @Nullable Instant finishedAt() {
    return finishedAt;
  }

  /** Seconds, the sum of its jobs'. */
  public @Nullable Long duration() {
    return duration;
  }
}
