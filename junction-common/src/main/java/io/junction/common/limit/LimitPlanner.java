package io.junction.common.limit;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Says which of the jobs that ask are let into their queues, and what binds the others.
 *
 * <p>By priority, then by age; but of one concurrency group the oldest that nothing else binds goes
 * first. A job that is bound holds nobody else up.
 */
public final class LimitPlanner {

  private final World world;
  private final Set<Long> admitted = new LinkedHashSet<>();
  private final Map<Long, Binding> bound = new LinkedHashMap<>();

  private LimitPlanner(World world) {
    this.world = world;
  }

  /**
   * What comes of a round.
   *
   * @param admitted in the order in which they are let in
   * @param bound what binds each of the others first
   */
  public record Plan(List<Long> admitted, Map<Long, Binding> bound) {}

  /** Decides about each of them once. The world's counts are used up by it. */
  public static Plan plan(World world) {
    return new LimitPlanner(world).plan();
  }

  private Plan plan() {
    var ofGroup =
        world.asking().stream()
            .filter(job -> job.group() != null)
            .sorted(Comparator.comparingLong(Asking::id))
            .collect(
                Collectors.groupingBy(Asking::group, Collectors.toCollection(ArrayDeque::new)));
    world.asking().stream()
        .sorted(Asking.ORDER)
        .forEach(
            job -> {
              var older =
                  job.group() == null
                      ? new ArrayDeque<Asking>()
                      : Objects.requireNonNull(ofGroup.get(job.group()));
              while (!older.isEmpty() && older.peek().id() < job.id()) {
                decide(older.remove());
              }
              decide(job);
            });
    return new Plan(List.copyOf(admitted), bound);
  }

  private void decide(Asking job) {
    if (bound.containsKey(job.id()) || admitted.contains(job.id())) {
      return;
    }
    var binding = world.firstBinding(job);
    if (binding != null) {
      bound.put(job.id(), binding);
    } else {
      admitted.add(job.id());
      world.add(job);
    }
  }
}
