package io.junction.common.explain;

/** Spans of time in words, as exact as a person cares for. */
final class Spans {

  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private Spans() {}

  static String of(long ms) {
    if (ms < SECOND) {
      return Math.max(0, ms) + " ms";
    }
    if (ms < MINUTE) {
      return ms / SECOND + " s";
    }
    if (ms < HOUR) {
      return ms / MINUTE + " min";
    }
    return ms < DAY ? both(ms, HOUR, "h", MINUTE, "min") : both(ms, DAY, "d", HOUR, "h");
  }

  private static String both(long ms, long unit, String name, long part, String partName) {
    long parts = ms % unit / part;
    return ms / unit + " " + name + (parts == 0 ? "" : " " + parts + " " + partName);
  }
}
