package io.junction.dispatcher;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What an operator may set of the dispatcher, all below {@code junction.}; checked as a whole at
 * the start, which reports every error at once.
 *
 * @param poolSize Connections to the database, 9 to 100; each loop uses at most one. Default 10.
 * @param transactionTimeout How long a round's transaction may last, 1 s to 4 s: a stop waits for
 *     it. Default 4 s.
 * @param retention How long a finished job or build, or a worker that is gone, is kept, 1 h to
 *     3,650 d. Default 30 d.
 * @param events What becomes of events.
 * @param dispatcher The loop that places jobs.
 * @param limiter The loops that decide the queue of created jobs, and queue them.
 * @param reaper The loop that closes what is lost.
 * @param pruner The loop that removes what is old.
 * @param observer The loop that feeds the gauges.
 * @param notifications The loops that tell the world of builds.
 */
@Validated
@ConfigurationProperties("junction")
public record DispatcherProperties(
    @DefaultValue("10") @Max(100) int poolSize,
    @DefaultValue("4s") @DurationMin(seconds = 1) @DurationMax(seconds = 4)
        Duration transactionTimeout,
    @DefaultValue("30d") @DurationMin(hours = 1) @DurationMax(days = 3_650) Duration retention,
    @DefaultValue @Valid Events events,
    @DefaultValue @Valid Dispatching dispatcher,
    @DefaultValue @Valid Limiting limiter,
    @DefaultValue @Valid Reaping reaper,
    @DefaultValue @Valid Pruning pruner,
    @DefaultValue @Valid Observing observer,
    @DefaultValue @Valid Notifying notifications) {

  private static final int LOOPS = 8;

  @AssertTrue(
      message = "pool-size must be at least 9: a connection for each of the 8 loops and one more")
  boolean isPoolLargerThanLoops() {
    return poolSize > LOOPS;
  }

  /**
   * {@code junction.events.*}, as far as it is the dispatcher's.
   *
   * @param retention How long an event is kept, 1 h to 3,650 d. Default 7 d.
   */
  public record Events(
      @DefaultValue("7d") @DurationMin(hours = 1) @DurationMax(days = 3_650) Duration retention) {}

  /**
   * {@code junction.dispatcher.*}.
   *
   * @param poll How long a queue of which no hint was heard may wait, 100 ms to 1 min; 10 s while
   *     no job waits anywhere and hints are heard. Default 2 s.
   * @param chunk Most queues of one round, 1 to 1,000. Default 100.
   * @param batch Most placements of one round, 1 to 1,000. Default 1,000.
   */
  public record Dispatching(
      @DefaultValue("2s") @DurationMin(millis = 100) @DurationMax(minutes = 1) Duration poll,
      @DefaultValue("100") @Min(1) @Max(1_000) int chunk,
      @DefaultValue("1000") @Min(1) @Max(1_000) int batch) {}

  /**
   * {@code junction.limiter.*}.
   *
   * @param enabled Whether Junction queues created jobs, and decides the queue of those that name
   *     none; false when an external scheduler does. Default true.
   * @param poll How long a created job of which no hint was heard may wait, 100 ms to 1 min; 10 s
   *     while there is none and hints are heard. Default 5 s.
   * @param batch Most jobs of one round that are queued, 1 to 10,000. Default 250.
   */
  public record Limiting(
      @DefaultValue("true") boolean enabled,
      @DefaultValue("5s") @DurationMin(millis = 100) @DurationMax(minutes = 1) Duration poll,
      @DefaultValue("250") @Min(1) @Max(10_000) int batch) {}

  /**
   * {@code junction.reaper.*}.
   *
   * @param poll Time between two looks while anything is assigned, 100 ms to 1 min; 10 s while
   *     nothing is and hints are heard. Default 5 s.
   * @param takeUp How long a live worker may leave an assignment unlisted, 5 s to 1 h; at least its
   *     silence. Default 30 s, as the protocol says.
   * @param stale After how much silence a job ends errored and is not tried again, 1 h to 30 d.
   *     Default 6 h.
   * @param batch Most assignments of one transaction, 1 to 10,000. Default 1,000.
   */
  public record Reaping(
      @DefaultValue("5s") @DurationMin(millis = 100) @DurationMax(minutes = 1) Duration poll,
      @DefaultValue("30s") @DurationMin(seconds = 5) @DurationMax(hours = 1) Duration takeUp,
      @DefaultValue("6h") @DurationMin(hours = 1) @DurationMax(days = 30) Duration stale,
      @DefaultValue("1000") @Min(1) @Max(10_000) int batch) {}

  /**
   * {@code junction.pruner.*}.
   *
   * @param poll Time between two looks, 1 s to 1 d. Default 1 min.
   * @param batch Most jobs of one statement, 1 to 10,000, or ten times as many events; small,
   *     because every commit of others that comes meanwhile writes its log too. Default 100.
   */
  public record Pruning(
      @DefaultValue("1m") @DurationMin(seconds = 1) @DurationMax(days = 1) Duration poll,
      @DefaultValue("100") @Min(1) @Max(10_000) int batch) {}

  /**
   * {@code junction.observer.*}.
   *
   * @param poll Age of the gauges at most, 1 s to 1 h. Default 15 s.
   */
  public record Observing(
      @DefaultValue("15s") @DurationMin(seconds = 1) @DurationMax(hours = 1) Duration poll) {}

  /**
   * {@code junction.notifications.*}, but for what the API has to know too.
   *
   * @param enabled Whether this dispatcher makes and carries deliveries. Default true.
   * @param poll How long an event or a delivery of which no hint was heard may wait, 100 ms to 1
   *     min; 10 s while there is nothing to deliver and hints are heard. Default 2 s.
   * @param batch Most events of one round, 1 to 1,000. Default 100.
   * @param threads Most messages under way at a time, 1 to 1,000. Default 32.
   * @param perTarget Most of them to one subscription's target, 1 to 100; one while it is in
   *     trouble. Default 4.
   */
  public record Notifying(
      @DefaultValue("true") boolean enabled,
      @DefaultValue("2s") @DurationMin(millis = 100) @DurationMax(minutes = 1) Duration poll,
      @DefaultValue("100") @Min(1) @Max(1_000) int batch,
      @DefaultValue("32") @Min(1) @Max(1_000) int threads,
      @DefaultValue("4") @Min(1) @Max(100) int perTarget) {}
}
