package io.junction.common.worker;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/**
 * A registered process that runs jobs of one queue, and what it was promised.
 *
 * <p>Invariant: its lease ends before its silence is held against it. Authority: the API registers,
 * drains and retires it, the reaper gives it up.
 */
@Entity
@Table(name = "workers")
public class Worker {

  @Id private UUID id;
  private String queue;
  private @Nullable String name;
  private @Nullable String version;
  private @Nullable Integer maxJobCount;

  @JdbcTypeCode(SqlTypes.JSON)
  private String attributes;

  private byte[] tokenHash;
  private int leaseMs;
  private int silenceMs;
  private Instant registeredAt;
  private @Nullable Instant drainingAt;
  private @Nullable Instant lostAt;
  private @Nullable Instant retiredAt;

  @SuppressWarnings("NullAway.Init")
  Worker() {}

  public UUID id() {
    return id;
  }

  public String queue() {
    return queue;
  }

  public @Nullable String name() {
    return name;
  }

  public @Nullable String version() {
    return version;
  }

  /** How many assignments it holds at most; null means up to its queue's capacity. */
  public @Nullable Integer maxJobCount() {
    return maxJobCount;
  }

  /** A JSON object as text. */
  public String attributes() {
    return attributes;
  }

  /** SHA-256 of its token. */
  public byte[] tokenHash() {
    return tokenHash.clone();
  }

  public int leaseMs() {
    return leaseMs;
  }

  /** Silence after which it is given up, in milliseconds; longer than its lease. */
  public int silenceMs() {
    return silenceMs;
  }

  public Instant registeredAt() {
    return registeredAt;
  }

  public @Nullable Instant drainingAt() {
    return drainingAt;
  }

  public @Nullable Instant lostAt() {
    return lostAt;
  }

  public @Nullable Instant retiredAt() {
    return retiredAt;
  }
}
