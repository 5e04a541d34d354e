package io.junction.api.event;

import java.util.List;

/**
 * How far a stream has come: which events it has delivered, or left out by its filter.
 *
 * <p>These are the events with an id up to {@code id} whose transactions the snapshot sees, but not
 * those of the {@code late} transactions that are behind {@code lateUpTo}: the stream is on its way
 * through them, by id.
 *
 * @param late transactions that ended after the snapshot before this one; mostly empty
 * @param lateUpTo 0 while there are none
 */
record Position(long id, Snapshot snapshot, List<Long> late, long lateUpTo) {

  Position {
    late = List.copyOf(late);
    long last = 0;
    for (long tx : late) {
      if (tx <= last || tx >= snapshot.next()) {
        throw new IllegalArgumentException("late transactions rise below the snapshot's next");
      }
      last = tx;
    }
    if (id < 0 || lateUpTo < 0 || lateUpTo > id || (late.isEmpty() && lateUpTo != 0)) {
      throw new IllegalArgumentException("late events are up to the id");
    }
    if (late.size() > Snapshot.MOST_OPEN) {
      throw new IllegalArgumentException("late transactions were open once");
    }
  }

  Position(long id, Snapshot snapshot) {
    this(id, snapshot, List.of(), 0);
  }

  /** Where this page of the way to the head ends: first what came late, by itself if begun. */
  Position goal(Position head) {
    return late.isEmpty() ? head : new Position(id, snapshot);
  }

  /** The transactions whose events up to {@code id} are still to be delivered on the way there. */
  List<Long> lateOnTheWayTo(Position goal) {
    return late.isEmpty() ? snapshot.endedBy(goal.snapshot) : late;
  }

  /** Right behind this event, on the way to the goal. */
  Position behind(long event, Position goal) {
    return event > id
        ? new Position(event, goal.snapshot)
        : new Position(id, goal.snapshot, lateOnTheWayTo(goal), event);
  }

  /** Whether everything that the other one has not is surely nothing. */
  boolean coversAllUpTo(Position later) {
    return id == later.id && snapshot.endedBy(later.snapshot).isEmpty();
  }

  /** Whether it cannot have been reached by now: it is of another database, or of its future. */
  boolean isAheadOf(Position now) {
    return id > now.id || snapshot.next() > now.snapshot.next();
  }
}
