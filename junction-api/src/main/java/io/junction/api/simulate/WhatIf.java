package io.junction.api.simulate;

import io.junction.api.problem.Refusal;
import io.junction.common.limit.LimitProperties;
import io.junction.common.limit.Limits;
import io.junction.common.limit.World;
import io.junction.common.queue.QueueName;
import io.junction.common.simulate.Conditions;
import io.junction.common.simulate.Conditions.QueueRoom;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The conditions as they are, but for what is asked to be otherwise. */
final class WhatIf {

  private static final int MOST = 1_000_000;
  private static final int LONGEST_NAME = 255;

  private WhatIf() {}

  /** Refused where it names what cannot be. */
  static Conditions changed(Conditions present, SimulationRequest.Changes changes) {
    var limits = present.limits();
    var defaults = limits.defaults();
    var owners = new HashMap<>(limits.owners());
    var queues = new HashMap<>(limits.queues());
    orNone(changes.owners())
        .forEach(
            (name, change) -> {
              var field = "limits.owners." + name;
              var asked = given(field, named(field, name), change);
              owners.put(name, ofOwner(owners.getOrDefault(name, Limits.Owner.UNSET), asked));
              checkPlan(field, asked.plan(), defaults);
              orNone(asked.queues())
                  .forEach(
                      (queue, max) ->
                          queues.put(
                              new World.OwnerQueue(name, queueNamed(field + ".queues", queue)),
                              inRange(field + ".queues." + queue, max)));
            });
    var repositories = new HashMap<>(limits.repositories());
    orNone(changes.repositories())
        .forEach(
            (name, max) -> {
              var field = "limits.repositories." + name;
              repositories.put(named(field, name), inRange(field, max));
            });
    return new Conditions(
        new Limits(
            new LimitProperties(
                Objects.requireNonNullElse(changes.owner(), defaults.owner()),
                defaults.ofPublic(),
                defaults.plans()),
            owners,
            queues,
            repositories),
        rooms(present.queues(), orNone(changes.queues())));
  }

  private static Limits.Owner ofOwner(Limits.Owner old, SimulationRequest.Owner asked) {
    return new Limits.Owner(
        old.sharesWith(),
        asked.maxRunning() == null ? old.max() : asked.maxRunning(),
        asked.boost() == null ? old.boost() : asked.boost(),
        asked.plan() == null ? old.plan() : asked.plan());
  }

  private static Map<String, QueueRoom> rooms(
      Map<String, QueueRoom> present, Map<String, SimulationRequest.@Nullable Queue> changes) {
    var rooms = new HashMap<>(present);
    changes.forEach(
        (name, change) -> {
          var field = "limits.queues." + name;
          var old = present.get(name);
          if (old == null) {
            throw Refusal.invalid(field, "has had no job in these hours");
          }
          var asked = given(field, name, change);
          rooms.put(
              name,
              new QueueRoom(
                  asked.capacity() == null ? old.capacity() : asked.capacity(),
                  asked.slots() == null ? old.slots() : asked.slots()));
        });
    return rooms;
  }

  private static void checkPlan(String field, @Nullable String plan, LimitProperties defaults) {
    if (plan != null && !defaults.plans().containsKey(plan)) {
      throw Refusal.invalid(
          field + ".plan", "is not one of the configuration, junction.limits.plans");
    }
  }

  private static <V extends @Nullable Object> Map<String, V> orNone(
      @Nullable Map<String, V> changes) {
    return changes == null ? Map.of() : changes;
  }

  private static <V> V given(String field, String name, @Nullable V change) {
    if (change == null) {
      throw Refusal.invalid(field, "is an object; leave " + name + " out to keep it as it is");
    }
    return change;
  }

  private static String named(String field, String name) {
    if (name.isEmpty() || name.length() > LONGEST_NAME) {
      throw Refusal.invalid(field, "has a name of 1 to " + LONGEST_NAME + " characters");
    }
    return name;
  }

  private static String queueNamed(String field, String name) {
    if (!name.matches(QueueName.PATTERN)) {
      throw Refusal.invalid(field, "are named as " + QueueName.PATTERN);
    }
    return name;
  }

  private static int inRange(String field, @Nullable Integer max) {
    if (max == null || max < -1 || max > MOST) {
      throw Refusal.invalid(field, "is from -1 to " + MOST);
    }
    return max;
  }
}
