package io.junction.common.limit;

/** How many run where so many may. Counts up as jobs are let in. */
public final class Room {

  /** Any number may run. */
  public static final int UNLIMITED = -1;

  private final int max;
  private int running;

  public Room(int running, int max) {
    this.running = running;
    this.max = max;
  }

  boolean isFull() {
    return max != UNLIMITED && running >= max;
  }

  void add() {
    running++;
  }

  Binding binding(Binding.Kind kind, String name) {
    return new Binding(kind, name, running, max);
  }
}
