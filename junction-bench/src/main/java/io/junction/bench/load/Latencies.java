package io.junction.bench.load;

import java.time.Duration;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** How long each of many things took. Concurrency: any thread may add. */
public final class Latencies {

  private static final int DIGITS = 3;

  private final Histogram nanos = new ConcurrentHistogram(DIGITS);

  /** Something that took this long, in nanoseconds. */
  public void add(long took) {
    nanos.recordValue(Math.max(0, took));
  }

  /** All of these as well. */
  public void add(Latencies others) {
    nanos.add(others.nanos);
  }

  /** The value that this share of them does not exceed, in milliseconds. */
  public double millisAt(double percent) {
    return nanos.getValueAtPercentile(percent) / 1e6;
  }

  public long count() {
    return nanos.getTotalCount();
  }

  /** The longest one. */
  public Duration max() {
    return Duration.ofNanos(nanos.getMaxValue());
  }
}
