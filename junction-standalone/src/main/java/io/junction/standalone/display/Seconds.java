package io.junction.standalone.display;

import java.time.Duration;
import java.util.Locale;

/** Durations for people: {@code 12.3 s}. */
public final class Seconds {

  private Seconds() {}

  /** With one decimal. */
  public static String of(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }

  /** Since a moment of {@link System#nanoTime}. */
  public static String since(long nanoTime) {
    return of(Duration.ofNanos(System.nanoTime() - nanoTime));
  }
}
