package io.junction.common.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.common.limit.Account;
import io.junction.common.limit.Asking;
import io.junction.common.limit.LimitPlanner;
import io.junction.common.limit.LimitProperties;
import io.junction.common.limit.Limits;
import io.junction.common.limit.Room;
import io.junction.common.limit.World;
import io.junction.common.limit.World.OwnerQueue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The gate against one plan over all, step by step, in made-up worlds. */
class GateTest {

  private static final int WORLDS = 300;
  private static final int STEPS = 40;
  private static final long SEED = Long.getLong("junction.seed", System.nanoTime());
  private static final List<String> OWNERS = List.of("", "acme", "bolt", "cogs", "dyno");

  @Test
  void lets_in_whom_one_plan_over_all_that_ask_would() {
    for (int n = 0; n < WORLDS; n++) {
      live(SEED + n, n % 2 == 0 ? Kind.PRIORITIES : Kind.GROUPS);
    }
  }

  /** In a plan over all, one of a group that is bound lends its priority to older ones. */
  @Test
  void with_priorities_within_groups_it_leaves_nobody_whom_a_plan_would_let_in() {
    for (int n = 0; n < WORLDS; n++) {
      live(SEED + n, Kind.BOTH);
    }
  }

  /** What jobs have. */
  private enum Kind {
    PRIORITIES,
    GROUPS,
    BOTH
  }

  private static void live(long seed, Kind kind) {
    var random = new Random(seed);
    var limits = limits(random);
    var gate = new Gate(limits, OWNERS);
    var asking = new ArrayList<Asking>();
    var running = new ArrayList<Asking>();
    for (int n = random.nextInt(4); n > 0; n--) {
      var job = job(random, 1_000 + n, kind);
      running.add(job);
      gate.take(job);
    }
    for (int step = 1; step <= STEPS; step++) {
      for (int n = random.nextInt(3); n > 0; n--) {
        var job = job(random, step * 10L + n, kind);
        asking.add(job);
        gate.ask(job);
      }
      for (int n = random.nextInt(3); n > 0 && !running.isEmpty(); n--) {
        gate.end(running.remove(random.nextInt(running.size())));
      }
      var planned = LimitPlanner.plan(world(limits, asking, running)).admitted();
      var admitted = gate.admit();
      if (kind != Kind.BOTH) {
        assertThat(admitted.stream().map(Asking::id))
            .as("seed %d, step %d", seed, step)
            .containsExactlyElementsOf(planned);
      }
      asking.removeAll(admitted);
      running.addAll(admitted);
      assertThat(LimitPlanner.plan(world(limits, asking, running)).admitted())
          .as("seed %d, step %d", seed, step)
          .isEmpty();
    }
  }

  private static Asking job(Random random, long id, Kind kind) {
    return new Asking(
        id,
        kind == Kind.GROUPS ? 0 : random.nextInt(3),
        OWNERS.get(random.nextInt(OWNERS.size())),
        one(random, "repository-", 4),
        kind == Kind.PRIORITIES ? null : one(random, "group-", 3),
        1 + random.nextInt(2),
        random.nextBoolean() ? "linux" : "macs",
        random.nextInt(4) == 0);
  }

  private static @Nullable String one(Random random, String name, int of) {
    int n = random.nextInt(of);
    return n == 0 ? null : name + n;
  }

  private static Limits limits(Random random) {
    var owners = new HashMap<String, Limits.Owner>();
    owners.put("acme", new Limits.Owner(null, random.nextInt(4), random.nextInt(2), null));
    owners.put("bolt", new Limits.Owner("acme", 1, 0, null));
    owners.put("cogs", new Limits.Owner(null, 1 + random.nextInt(3), 0, null));
    return new Limits(
        new LimitProperties(random.nextInt(4) - 1, random.nextInt(2), Map.of()),
        owners,
        Map.of(
            new OwnerQueue("acme", "macs"), random.nextInt(3),
            new OwnerQueue("cogs", "linux"), random.nextInt(3)),
        Map.of("repository-1", random.nextInt(3), "repository-2", 1 + random.nextInt(2)));
  }

  /** All that ask, and all that runs, counted from the beginning. */
  private static World world(Limits limits, List<Asking> asking, List<Asking> running) {
    var accounts = new HashMap<String, Account>();
    OWNERS.stream()
        .filter(owner -> !owner.isEmpty())
        .collect(Collectors.groupingBy(limits::headOf))
        .forEach(
            (head, sharing) -> {
              var own = running.stream().filter(job -> sharing.contains(job.owner())).toList();
              var account =
                  limits
                      .capacityOf(sharing)
                      .account(
                          head, own.size(), (int) own.stream().filter(Asking::isPublic).count());
              sharing.forEach(owner -> accounts.put(owner, account));
            });
    var repositories = new HashMap<String, Room>();
    limits
        .repositories()
        .forEach(
            (name, max) ->
                repositories.put(
                    name,
                    new Room(
                        (int) running.stream().filter(j -> name.equals(j.repository())).count(),
                        max)));
    var queues = new HashMap<OwnerQueue, Room>();
    limits
        .queues()
        .forEach(
            (name, max) ->
                queues.put(
                    name,
                    new Room(
                        (int)
                            running.stream()
                                .filter(j -> name.equals(new OwnerQueue(j.owner(), j.queue())))
                                .count(),
                        max)));
    var groups = new HashMap<String, Integer>();
    for (var job : running) {
      if (job.group() != null) {
        groups.merge(job.group(), 1, Integer::sum);
      }
    }
    return new World(asking, accounts, repositories, queues, groups);
  }
}
