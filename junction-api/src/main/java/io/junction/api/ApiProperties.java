package io.junction.api;

import io.junction.api.batch.Batching;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What the API can be told. All of it is checked at the start, and every error is said at once.
 *
 * @param worker what workers are promised and asked for
 * @param maxBody the largest request body; default 10 MiB
 * @param maxBatch how many requests share a transaction at most; default 500, 1 to 10,000
 * @param maxWaiting how many requests wait for a transaction at most, the next is answered 503;
 *     default 20,000, 1 to 1,000,000
 * @param linger how long a transaction waits for more requests while there is a crowd; default 2
 *     ms, 0 to 100 ms
 */
@Validated
@ConfigurationProperties("junction.api")
public record ApiProperties(
    @Valid @DefaultValue WorkerPromises worker,
    @DefaultValue("10MB") @NotNull DataSize maxBody,
    @DefaultValue("500") @Min(1) @Max(10_000) int maxBatch,
    @DefaultValue("20000") @Min(1) @Max(1_000_000) int maxWaiting,
    @DefaultValue("2ms") @DurationMin(millis = 0) @DurationMax(millis = 100) Duration linger) {

  /** How requests share transactions. */
  public Batching batching() {
    return new Batching(maxBatch, maxWaiting, linger);
  }

  /**
   * What a worker is promised at its registration, and keeps for its life.
   *
   * @param heartbeatInterval how often a worker without a long poll beats; default 5 s
   * @param maxWait the longest that a poll is held of a worker that runs something; default 6 s
   * @param maxIdleWait the longest that a poll is held of a worker that runs nothing; default 55 s.
   *     No lease bounds it: the copy that holds the poll keeps the worker alive meanwhile
   * @param lease how long a worker may go on without an answer; default 20 s
   * @param silence after which silence a worker is given up; default 30 s
   * @param maxParked how many polls one copy holds at a time, the next is answered at once with
   *     twice the interval; default 10,000
   */
  public record WorkerPromises(
      @DefaultValue("5s") @DurationMin(millis = 50) @DurationMax(hours = 1)
          Duration heartbeatInterval,
      @DefaultValue("6s") @DurationMin(millis = 0) @DurationMax(hours = 1) Duration maxWait,
      @DefaultValue("55s") @DurationMin(millis = 0) @DurationMax(minutes = 10) Duration maxIdleWait,
      @DefaultValue("20s") @DurationMin(millis = 100) @DurationMax(hours = 6) Duration lease,
      @DefaultValue("30s") @DurationMin(millis = 200) @DurationMax(hours = 24) Duration silence,
      @DefaultValue("10000") @Min(0) @Max(1_000_000) int maxParked) {

    /** So that a worker misses two beats before it has to fence itself. */
    @AssertTrue(message = "lease must be at least three times heartbeat-interval and max-wait")
    boolean isLeaseThreeBeats() {
      return lease.compareTo(heartbeatInterval.multipliedBy(3)) >= 0
          && lease.compareTo(maxWait.multipliedBy(3)) >= 0;
    }

    /** So that a worker does not wait longer with work than without. */
    @AssertTrue(message = "max-idle-wait must be at least max-wait")
    boolean isIdleWaitTheLonger() {
      return maxIdleWait.compareTo(maxWait) >= 0;
    }

    /** So that an exclusive job has surely ended before it is given to another. */
    @AssertTrue(message = "silence must be at least a quarter longer than lease")
    boolean isSilenceLongerThanLease() {
      return silence.toMillis() * 4 >= lease.toMillis() * 5;
    }
  }
}
