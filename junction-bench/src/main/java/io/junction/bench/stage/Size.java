package io.junction.bench.stage;

/** How much a scenario does. */
public enum Size {
  /** What docs/performance.md reports. */
  FULL,
  /** One short iteration, to see that the bench itself works; its figures say nothing. */
  BRIEF;

  public int of(int full, int brief) {
    return this == FULL ? full : brief;
  }
}
