package io.junction.common.simulate;

import java.util.TreeSet;

/**
 * Where the jobs of owners who share a limit stand before it, public ones and others each before
 * one. It shuts when their limit is reached, until a job of theirs has ended.
 */
final class Door {

  private final Holder holder;
  private final TreeSet<Lane> lanes = new TreeSet<>(Lane.BY_ORDER);
  private boolean shut;

  Door(Holder holder) {
    this.holder = holder;
  }

  Holder holder() {
    return holder;
  }

  /** Whether somebody stands here whom it lets pass. */
  boolean isOpen() {
    return !shut && !lanes.isEmpty();
  }

  boolean isShut() {
    return shut;
  }

  void shut(boolean now) {
    shut = now;
  }

  /** The lane whose head goes first. */
  Lane first() {
    return lanes.first();
  }

  void add(Lane lane) {
    lanes.add(lane);
  }

  void remove(Lane lane) {
    lanes.remove(lane);
  }
}
