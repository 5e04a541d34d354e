package io.junction.common.transition;

import io.junction.common.assignment.Outcome;
import io.junction.common.build.BuildState;
import io.junction.common.transition.BuildJobStatements.BuildJob;
import io.junction.common.transition.BuildStatements.Ending;
import io.junction.common.transition.BuildStatements.Group;
import io.junction.common.transition.BuildStatements.HeldBuild;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Lets stages and builds follow their jobs, in the transaction that changed those.
 *
 * <p>Concurrency: a build is locked before a job of it is. So of two jobs that finish at once the
 * second waits, and then sees the first: the build ends exactly once. Rows are locked in the order
 * builds, jobs, assignments, and builds in the order of their ids.
 */
@Component
class SettleBuilds {

  private final BuildStatements builds;
  private final BuildJobStatements jobs;
  private final TransitionStatements transitions;

  SettleBuilds(BuildStatements builds, BuildJobStatements jobs, TransitionStatements transitions) {
    this.builds = builds;
    this.jobs = jobs;
    this.transitions = transitions;
  }

  /** Locks the builds of these assignments' jobs; for most jobs there is none. */
  Set<Long> holdOf(Collection<UUID> assignments) {
    var ids = builds.ofAssignments(assignments);
    if (!ids.isEmpty()) {
      builds.hold(ids);
    }
    return ids;
  }

  /** Null when there is no such build. */
  @Nullable HeldBuild hold(long build) {
    var held = builds.hold(List.of(build));
    return held.isEmpty() ? null : held.getFirst();
  }

  /** These jobs have begun, and so have their stages and builds. */
  void start(Collection<Long> started) {
    if (!started.isEmpty()) {
      builds.start(started);
    }
  }

  /** Ends what of these builds is over. */
  Settled settle(Collection<Long> held) {
    if (held.isEmpty()) {
      return Settled.NOTHING;
    }
    var canceled = new ArrayList<Changed>();
    boolean stageEnded = false;
    var groups = builds.tallies(held);
    for (var over = stagesOver(groups); !over.isEmpty(); over = stagesOver(groups)) {
      stageEnded = true;
      builds.finishStages(
          over.stream()
              .map(group -> new Ending(group.build(), group.stage(), group.end()))
              .toList());
      for (var group : over) {
        if (group.end() != BuildState.PASSED) {
          canceled.addAll(cancelAfter(group));
        }
      }
      groups = builds.tallies(held);
    }
    var ending = buildsOver(groups);
    if (!ending.isEmpty()) {
      builds.finishBuilds(ending, null);
    }
    return new Settled(canceled, stageEnded);
  }

  /** Ends a build in this state, whatever its required jobs came to. */
  void end(long build, BuildState state, @Nullable String reason) {
    builds.finishBuilds(List.of(new Ending(build, null, state)), reason);
  }

  /** A stage that did not pass: what is pending after it will not be tried. */
  private List<Changed> cancelAfter(Group group) {
    long stage = Objects.requireNonNull(group.stage());
    var reason = group.described() + " " + group.end().text();
    var pending = jobs.pendingLater(group.build(), group.number());
    var assigned = pending.stream().filter(BuildJob::isHeldByWorker).toList();
    jobs.mark(assigned, stage);
    jobs.cancel(pending.stream().filter(job -> !job.isHeldByWorker()).toList(), stage, reason);
    var changes = close(assigned, Outcome.CANCELED, reason);
    jobs.cancelStages(group.build(), group.number(), stage);
    return changes;
  }

  /** Closes the assignments of jobs that are held; their workers learn it by a hint. */
  List<Changed> close(Collection<BuildJob> held, Outcome outcome, @Nullable String reason) {
    var closings = new ArrayList<Closing>();
    for (var job : held) {
      var assignment = job.assignment();
      if (assignment != null) {
        closings.add(Closing.of(assignment, outcome, reason, true));
      }
    }
    return closings.isEmpty() ? List.of() : transitions.close(closings);
  }

  private static List<Group> stagesOver(List<Group> groups) {
    return groups.stream()
        .filter(group -> group.stage() != null && !group.hasEnded() && group.isOver())
        .toList();
  }

  /** As the first of its stages that did not pass; one whose every group is over. */
  private static List<Ending> buildsOver(List<Group> groups) {
    Map<Long, List<Group>> byBuild =
        groups.stream()
            .filter(group -> !group.buildState().isFinal())
            .collect(Collectors.groupingBy(Group::build, LinkedHashMap::new, Collectors.toList()));
    return byBuild.entrySet().stream()
        .filter(build -> build.getValue().stream().allMatch(Group::isOver))
        .map(build -> new Ending(build.getKey(), null, worstOf(build.getValue())))
        .toList();
  }

  private static BuildState worstOf(List<Group> groups) {
    return groups.stream()
        .map(Group::end)
        .filter(state -> state != BuildState.PASSED)
        .findFirst()
        .orElse(BuildState.PASSED);
  }

  /**
   * What came of it.
   *
   * @param canceled jobs that a worker had been given
   * @param stageEnded whether jobs of a later stage may be queued now
   */
  record Settled(List<Changed> canceled, boolean stageEnded) {

    static final Settled NOTHING = new Settled(List.of(), false);
  }
}
