package io.junction.common.build;

import io.junction.common.build.BuildJobStatements.BuildJob;
import io.junction.common.build.BuildStatements.Ending;
import io.junction.common.build.BuildStatements.Group;
import io.junction.common.build.BuildStatements.HeldBuild;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Lets stages and builds follow their jobs, in the transaction that changed those; and changes all
 * jobs of a build at once.
 *
 * <p>Concurrency: a build is locked before a job of it is. So of two jobs that finish at once the
 * second waits, and then sees the first: the build ends exactly once. Rows are locked in the order
 * builds, jobs, assignments, and builds in the order of their ids.
 */
@Component
public class SettleBuilds {

  /** No stage has it: a job without one opens none. */
  private static final long NO_STAGE = 0;

  private final BuildStatements builds;
  private final BuildJobStatements jobs;

  SettleBuilds(BuildStatements builds, BuildJobStatements jobs) {
    this.builds = builds;
    this.jobs = jobs;
  }

  /** Closes assignments of jobs that are held, and tells their workers. */
  @FunctionalInterface
  public interface Closer {

    void close(List<UUID> assignments, @Nullable String reason);
  }

  /** Locks the builds of these assignments' jobs; for most jobs there is none. */
  public Set<Long> holdOf(Collection<UUID> assignments) {
    return hold(builds.ofAssignments(assignments));
  }

  /** Locks these builds, and returns them. */
  public Set<Long> hold(Set<Long> ids) {
    if (!ids.isEmpty()) {
      builds.hold(ids);
    }
    return ids;
  }

  /** Locks a build and says how it stands; empty when there is none. */
  public Optional<BuildState> hold(long build) {
    return builds.hold(List.of(build)).stream().findFirst().map(HeldBuild::state);
  }

  /** These jobs have begun, and so have their stages and builds. */
  public void start(Collection<Long> started) {
    if (!started.isEmpty()) {
      builds.start(started);
    }
  }

  /**
   * Ends what of these builds is over.
   *
   * @param cancel takes the assignments of jobs that will not be tried
   * @return whether a stage ended, so that jobs of a later one may be queued now
   */
  public boolean settle(Collection<Long> held, Closer cancel) {
    if (held.isEmpty()) {
      return false;
    }
    boolean stageEnded = false;
    var groups = builds.tallies(held);
    for (var over = stagesOver(groups); !over.isEmpty(); over = stagesOver(groups)) {
      stageEnded = true;
      builds.finishStages(
          over.stream()
              .map(group -> new Ending(group.build(), group.stage(), group.end()))
              .toList());
      over.stream()
          .filter(group -> group.end() != BuildState.PASSED)
          .forEach(group -> cancelAfter(group, cancel));
      groups = builds.tallies(held);
    }
    var ending = buildsOver(groups);
    if (!ending.isEmpty()) {
      builds.finishBuilds(ending, null);
    }
    return stageEnded;
  }

  /**
   * Cancels whatever of a build that is held has not ended, and the build itself unless that has.
   *
   * @return whether there was anything
   */
  public boolean cancel(long build, boolean ended, @Nullable String reason, Closer cancel) {
    var left = jobs.jobs(build).stream().filter(job -> !job.state().isFinal()).toList();
    if (ended && left.isEmpty()) {
      return false;
    }
    jobs.cancel(left.stream().filter(job -> !job.isHeldByWorker()).toList(), null, reason);
    close(left, reason, cancel);
    if (!ended) {
      builds.finishBuilds(List.of(new Ending(build, null, BuildState.CANCELED)), reason);
    }
    settle(List.of(build), cancel);
    return true;
  }

  /** A job of a build that is held and that had all its attempts, so that it is not restarted. */
  public Optional<Long> usedUpOf(long build) {
    return jobs.jobs(build).stream()
        .filter(job -> job.usedUp() && (job.state().isFinal() || job.isHeldByWorker()))
        .map(BuildJob::id)
        .findFirst();
  }

  /**
   * Restarts each job of a build that is held which has ended or is with a worker.
   *
   * @return whether there was any
   */
  public boolean restart(long build, @Nullable String reason, Closer restart) {
    var all = jobs.jobs(build);
    var ended = all.stream().filter(job -> job.state().isFinal()).toList();
    if (ended.isEmpty() && all.stream().noneMatch(BuildJob::isHeldByWorker)) {
      return false;
    }
    jobs.restart(ended, reason);
    close(all, reason, restart);
    jobs.reopen(build, null);
    return true;
  }

  /** A job of this stage that had ended is restarted: what the stage's failure canceled is back. */
  public void reopen(long build, @Nullable Long stage) {
    if (stage != null) {
      jobs.restart(jobs.canceledBy(build, stage), "stage restarted");
    }
    jobs.reopen(build, stage == null ? NO_STAGE : stage);
  }

  /** A stage that did not pass: what is pending after it will not be tried. */
  private void cancelAfter(Group group, Closer cancel) {
    long stage = Objects.requireNonNull(group.stage());
    var reason = group.described() + " " + group.end().text();
    var pending = jobs.pendingLater(group.build(), group.number());
    jobs.mark(pending.stream().filter(BuildJob::isHeldByWorker).toList(), stage);
    jobs.cancel(pending.stream().filter(job -> !job.isHeldByWorker()).toList(), stage, reason);
    close(pending, reason, cancel);
    jobs.cancelStages(group.build(), group.number(), stage);
  }

  private static void close(Collection<BuildJob> held, @Nullable String reason, Closer closer) {
    var assignments =
        held.stream()
            .filter(BuildJob::isHeldByWorker)
            .flatMap(job -> Stream.ofNullable(job.assignment()))
            .toList();
    if (!assignments.isEmpty()) {
      closer.close(assignments, reason);
    }
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
}
