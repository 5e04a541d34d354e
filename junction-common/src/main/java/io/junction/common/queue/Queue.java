package io.junction.common.queue;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A named line of jobs and the most of them that may be assigned at a time.
 *
 * <p>Authority: operators set capacity and pause; the row comes into being with the first of them
 * or with the queue's first worker. A queue of which only jobs exist has no row, no limit and no
 * pause.
 */
@Entity
@Table(name = "queues")
public class Queue {

  @Id private String name;
  private @Nullable Integer capacity;
  private @Nullable Instant pausedAt;
  private Instant createdAt;

  @SuppressWarnings("NullAway.Init")
  Queue() {}

  public String name() {
    return name;
  }

  /** The most live assignments; null means as many as the workers' slots. */
  public @Nullable Integer capacity() {
    return capacity;
  }

  public @Nullable Instant pausedAt() {
    return pausedAt;
  }

  public Instant createdAt() {
    return createdAt;
  }
}
