package io.junction.api.simulate;

import io.junction.api.simulate.SimulationResponse.Max;
import io.junction.api.simulate.SimulationResponse.OwnerWaits;
import io.junction.api.simulate.SimulationResponse.QueueWaits;
import io.junction.api.simulate.SimulationResponse.Window;
import io.junction.common.limit.Capacity;
import io.junction.common.simulate.Conditions;
import io.junction.common.simulate.PastJob;
import io.junction.common.simulate.Waits;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The waiting times of one past as they were, and as they came out of two replays. */
final class Comparison {

  private static final int MOST_QUEUES = 1_000;
  private static final int MOST_OWNERS = 100;

  private final Past past;
  private final List<PastJob> jobs;
  private final Conditions changed;
  private final Map<Long, Long> before;
  private final Map<Long, Long> after;

  /**
   * @param before by job, under the present conditions
   * @param after by job, under the changed ones
   */
  Comparison(Past past, Conditions changed, Map<Long, Long> before, Map<Long, Long> after) {
    this.past = past;
    this.jobs = past.jobs().stream().filter(job -> !job.ranBefore()).toList();
    this.changed = changed;
    this.before = before;
    this.after = after;
  }

  SimulationResponse response(int hours) {
    var window = past.window();
    return new SimulationResponse(
        new Window(window.from(), window.to(), hours),
        jobs.size(),
        past.leftOut(),
        window.cut(),
        by(job -> job.job().queue(), MOST_QUEUES).stream().map(this::queue).toList(),
        owners());
  }

  private QueueWaits queue(Group group) {
    return new QueueWaits(
        group.name(),
        group.jobs().size(),
        new Max(maxOf(past.present(), group.name()), maxOf(changed, group.name())),
        measured(group.jobs()),
        replayed(group.jobs(), before),
        replayed(group.jobs(), after));
  }

  private static int maxOf(Conditions conditions, String queue) {
    return Objects.requireNonNull(conditions.queues().get(queue)).max();
  }

  private List<OwnerWaits> owners() {
    var groups =
        by(job -> job.job().owner(), MOST_OWNERS + 1).stream()
            .filter(group -> !group.name().isEmpty())
            .limit(MOST_OWNERS)
            .toList();
    var names = groups.stream().map(Group::name).toList();
    var now = past.present().limits().capacities(names);
    var then = changed.limits().capacities(names);
    return groups.stream()
        .map(
            group -> {
              var head = past.present().limits().headOf(group.name());
              return new OwnerWaits(
                  group.name(),
                  group.jobs().size(),
                  new Max(maxOf(now, head), maxOf(then, head)),
                  measured(group.jobs()),
                  replayed(group.jobs(), before),
                  replayed(group.jobs(), after));
            })
        .toList();
  }

  private static int maxOf(Map<String, Capacity> capacities, String head) {
    return Objects.requireNonNull(capacities.get(head)).max();
  }

  /** One that still waits has done so until the window's end. */
  private Waits measured(List<PastJob> group) {
    var waits = new ArrayList<Long>();
    int waiting = 0;
    for (var job : group) {
      if (job.asked() != null) {
        var taken = job.taken();
        waiting += taken == null ? 1 : 0;
        long until = taken == null ? past.window().lengthMs() : taken;
        waits.add(Math.max(0, until - job.asked()));
      }
    }
    return Waits.measured(waits, waiting);
  }

  private static Waits replayed(List<PastJob> group, Map<Long, Long> waits) {
    var known = group.stream().map(job -> waits.get(job.id())).filter(Objects::nonNull).toList();
    return Waits.replayed(known, group.size() - known.size());
  }

  /** The most jobs first, then by name. */
  private List<Group> by(Function<PastJob, String> name, int most) {
    return jobs.stream().collect(Collectors.groupingBy(name)).entrySet().stream()
        .map(entry -> new Group(entry.getKey(), entry.getValue()))
        .sorted(
            Comparator.comparingInt((Group group) -> -group.jobs().size())
                .thenComparing(Group::name))
        .limit(most)
        .toList();
  }

  private record Group(String name, List<PastJob> jobs) {}
}
