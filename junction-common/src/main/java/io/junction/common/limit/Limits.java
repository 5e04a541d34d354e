package io.junction.common.limit;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is set, whatever runs: the limits of some owners and repositories.
 *
 * @param defaults what holds for owners of whom nothing else is said
 * @param owners by name; one of whom nothing is set has no entry
 * @param queues of an owner in a queue
 * @param repositories by name
 */
public record Limits(
    LimitProperties defaults,
    Map<String, Owner> owners,
    Map<World.OwnerQueue, Integer> queues,
    Map<String, Integer> repositories) {

  public Limits {
    owners = Map.copyOf(owners);
    queues = Map.copyOf(queues);
    repositories = Map.copyOf(repositories);
  }

  /**
   * What is set for an owner.
   *
   * @param sharesWith whose limit it shares; null when its own
   * @param max null when the plan or the configuration says it
   * @param boost 0 when its time is over
   */
  public record Owner(
      @Nullable String sharesWith, @Nullable Integer max, int boost, @Nullable String plan) {

    /** Nothing. */
    public static final Owner UNSET = new Owner(null, null, 0, null);
  }

  /** The one whose name stands for all who share a limit with this owner; often itself. */
  public String headOf(String owner) {
    var head = owners.getOrDefault(owner, Owner.UNSET).sharesWith();
    return head == null ? owner : head;
  }

  /** By the name that stands for all who share it: the limits of these owners. */
  public Map<String, Capacity> capacities(Collection<String> names) {
    return Stream.concat(names.stream(), owners.keySet().stream())
        .distinct()
        .collect(
            Collectors.groupingBy(
                this::headOf, Collectors.collectingAndThen(Collectors.toList(), this::capacityOf)));
  }

  /** What is set for any of them adds up; where nothing is, the configuration speaks once. */
  public Capacity capacityOf(Collection<String> sharing) {
    var members = sharing.stream().map(owners::get).filter(Objects::nonNull).toList();
    var configured = members.stream().flatMap(member -> Stream.ofNullable(member.max())).toList();
    var plans =
        members.stream()
            .flatMap(member -> Stream.ofNullable(member.plan()))
            .map(plan -> defaults.plans().getOrDefault(plan, 0))
            .toList();
    return new Capacity(
        defaults.ofPublic(),
        members.stream().mapToInt(Owner::boost).sum(),
        configured.isEmpty() && plans.isEmpty() ? defaults.owner() : sum(configured),
        sum(plans));
  }

  private static int sum(List<Integer> limits) {
    return limits.contains(Room.UNLIMITED)
        ? Room.UNLIMITED
        : limits.stream().mapToInt(Integer::intValue).sum();
  }
}
