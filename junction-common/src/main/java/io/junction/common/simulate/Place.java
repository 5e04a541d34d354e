package io.junction.common.simulate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What so many jobs may share at a time: a repository, an owner's part of a queue, a concurrency
 * group.
 *
 * <p>Invariant: as many lanes of each door as there is room, or all, do not stand aside here; and
 * nobody who stands aside goes before them. So a lane comes back for each job that ends, and for
 * each that leaves for another place; the others are not looked at.
 */
final class Place {

  /** The most of a concurrency group is said by each of its jobs. */
  static final int SAID_BY_JOBS = Integer.MIN_VALUE;

  private final int max;
  private final Map<Spot, TreeSet<Lane>> aside = new HashMap<>();
  private final TreeSet<Lane> mates = new TreeSet<>(Lane.BY_AGE);
  private int running;

  /** Lanes that it holds up alike. */
  record Spot(Door door, int groupMax) {

    static Spot of(Lane lane) {
      return new Spot(lane.door(), lane.groupMax());
    }
  }

  /**
   * @param max -1 for any number
   */
  Place(int max) {
    this.max = max;
  }

  int running() {
    return running;
  }

  int max() {
    return max;
  }

  void add() {
    running++;
  }

  void remove() {
    running--;
  }

  boolean hasRoomFor(Spot spot) {
    return max == SAID_BY_JOBS ? running < spot.groupMax() : max < 0 || running < max;
  }

  /** Of a concurrency group: its lanes that do not stand aside here, the oldest first. */
  SortedSet<Lane> mates() {
    return mates;
  }

  List<Spot> spots() {
    return List.copyOf(aside.keySet());
  }

  void put(Lane lane) {
    lane.standAside(this);
    aside
        .computeIfAbsent(
            Spot.of(lane), spot -> new TreeSet<>(max == SAID_BY_JOBS ? Lane.BY_AGE : Lane.BY_ORDER))
        .add(lane);
  }

  void take(Lane lane) {
    lane.standAside(null);
    var spot = Spot.of(lane);
    var lanes = aside.get(spot);
    if (lanes != null && lanes.remove(lane) && lanes.isEmpty()) {
      aside.remove(spot);
    }
  }

  /** Who goes first of those that stand aside there; null when nobody does. */
  @Nullable Lane first(Spot spot) {
    var lanes = aside.get(spot);
    return lanes == null ? null : lanes.first();
  }
}
