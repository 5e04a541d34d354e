package io.junction.common.simulate;

import io.junction.common.limit.Asking;
import io.junction.common.limit.Binding;
import io.junction.common.limit.LimitPlanner;
import io.junction.common.limit.Limits;
import io.junction.common.limit.Room;
import io.junction.common.limit.World;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Lets jobs into their queues by the limits, as rounds of the limiter do.
 *
 * <p>Invariant: it lets in whom one plan over all that ask would, in the same order, without asking
 * the planner about all: only about whoever goes first before an open door. But of a concurrency
 * group one that is bound lends its priority to nobody.
 */
final class Gate {

  private final Limits limits;
  private final Map<String, Holder> holders = new HashMap<>();
  private final Map<String, Place> repositories = new HashMap<>();
  private final Map<World.OwnerQueue, Place> ownersQueues = new HashMap<>();
  private final Map<String, Place> groups = new HashMap<>();
  private final Map<Lane.Key, Lane> lanes = new HashMap<>();
  private final TreeSet<Door> open =
      new TreeSet<>(Comparator.comparing(Door::first, Lane.BY_ORDER));
  private long looks;

  Gate(Limits limits, Collection<String> owners) {
    this.limits = limits;
    var byHead = new HashMap<String, Holder>();
    limits
        .capacities(owners)
        .forEach((head, capacity) -> byHead.put(head, new Holder(head, capacity)));
    for (var owner : owners) {
      holders.put(owner, Objects.requireNonNull(byHead.get(limits.headOf(owner))));
    }
  }

  /** How often the planner was asked. */
  long looks() {
    return looks;
  }

  /** It runs already, whatever the limits say. */
  void take(Asking job) {
    count(job, laneOf(job));
  }

  void ask(Asking job) {
    var lane = laneOf(job);
    if (lane.hasBefore(job)) {
      lane.add(job);
      return;
    }
    if (!lane.isEmpty()) {
      leave(lane);
    }
    lane.add(job);
    enter(lane);
  }

  void end(Asking job) {
    var lane = laneOf(job);
    var holder = lane.door().holder();
    holder.remove(job);
    holder.doors().forEach(this::open);
    for (var place : lane.places()) {
      place.remove();
      place.spots().forEach(spot -> comeBack(place, spot));
    }
  }

  /** All who can be let in now, in their order. */
  List<Asking> admit() {
    var admitted = new ArrayList<Asking>();
    while (!open.isEmpty()) {
      var lane = oldest(open.first().first());
      var job = lane.head();
      looks++;
      var binding = LimitPlanner.plan(worldOf(lane)).bound().get(job.id());
      if (binding == null) {
        leave(lane);
        lane.removeHead();
        count(job, lane);
        if (!lane.isEmpty()) {
          enter(lane);
        }
        admitted.add(job);
      } else {
        bind(lane, binding.kind());
      }
    }
    return admitted;
  }

  /** Of its concurrency group the oldest that nothing else binds goes first. */
  private Lane oldest(Lane lane) {
    if (lane.group() == null) {
      return lane;
    }
    for (var mate : lane.group().mates()) {
      if (mate == lane) {
        break;
      }
      var aside = mate.aside();
      if (aside != null && aside.hasRoomFor(Place.Spot.of(mate))) {
        leave(mate);
        enter(mate);
        return mate;
      }
      if (aside == null && !mate.door().isShut()) {
        return mate;
      }
    }
    return lane;
  }

  private void bind(Lane lane, Binding.Kind kind) {
    switch (kind) {
      case OWNER -> {
        open.remove(lane.door());
        lane.door().shut(true);
      }
      case REPOSITORY -> standAside(lane, Objects.requireNonNull(lane.repository()));
      case OWNER_QUEUE -> standAside(lane, Objects.requireNonNull(lane.ownersQueue()));
      case CONCURRENCY_GROUP -> standAside(lane, Objects.requireNonNull(lane.group()));
    }
  }

  /** What it does not take of other places' room is for the next there. */
  private void standAside(Lane lane, Place full) {
    leave(lane);
    full.put(lane);
    if (lane.group() != null && lane.group() != full) {
      lane.group().mates().add(lane);
    }
    for (var place : lane.places()) {
      if (place != full) {
        comeBack(place, Place.Spot.of(lane));
      }
    }
  }

  private void comeBack(Place place, Place.Spot spot) {
    var first = place.hasRoomFor(spot) ? place.first(spot) : null;
    if (first != null) {
      leave(first);
      enter(first);
    }
  }

  private void open(Door door) {
    door.shut(false);
    if (door.isOpen()) {
      open.add(door);
    }
  }

  /** Where a lane stands depends on its head, so it stands nowhere while that changes. */
  private void leave(Lane lane) {
    if (lane.group() != null) {
      lane.group().mates().remove(lane);
    }
    if (lane.aside() != null) {
      lane.aside().take(lane);
      return;
    }
    var door = lane.door();
    if (door.isOpen()) {
      open.remove(door);
    }
    door.remove(lane);
    if (door.isOpen()) {
      open.add(door);
    }
  }

  private void enter(Lane lane) {
    if (lane.group() != null) {
      lane.group().mates().add(lane);
    }
    var door = lane.door();
    if (door.isOpen()) {
      open.remove(door);
    }
    door.add(lane);
    if (door.isOpen()) {
      open.add(door);
    }
  }

  private static void count(Asking job, Lane lane) {
    lane.door().holder().add(job);
    lane.places().forEach(Place::add);
  }

  /** All that could bind the first of this lane. */
  private static World worldOf(Lane lane) {
    var job = lane.head();
    var ownersQueue = lane.ownersQueue();
    return new World(
        List.of(job),
        job.owner().isEmpty() ? Map.of() : Map.of(job.owner(), lane.door().holder().account()),
        job.repository() == null || lane.repository() == null
            ? Map.of()
            : Map.of(job.repository(), roomOf(lane.repository())),
        ownersQueue == null
            ? Map.of()
            : Map.of(new World.OwnerQueue(job.owner(), job.queue()), roomOf(ownersQueue)),
        job.group() == null || lane.group() == null
            ? Map.of()
            : Map.of(job.group(), lane.group().running()));
  }

  private static Room roomOf(Place place) {
    return new Room(place.running(), place.max());
  }

  private Lane laneOf(Asking job) {
    return lanes.computeIfAbsent(Lane.Key.of(job), key -> newLane(job));
  }

  private Lane newLane(Asking job) {
    var repository = job.repository();
    var ownersQueue = new World.OwnerQueue(job.owner(), job.queue());
    var group = job.group();
    return new Lane(
        Objects.requireNonNull(holders.get(job.owner())).doorOf(job),
        repository == null
            ? null
            : placeOf(repositories, repository, limits.repositories().get(repository)),
        placeOf(ownersQueues, ownersQueue, limits.queues().get(ownersQueue)),
        group == null ? null : placeOf(groups, group, Place.SAID_BY_JOBS),
        job.groupMax());
  }

  private static <K> @Nullable Place placeOf(Map<K, Place> places, K name, @Nullable Integer max) {
    return max == null ? null : places.computeIfAbsent(name, key -> new Place(max));
  }
}
