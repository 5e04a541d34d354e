package io.junction.common.transition;

import io.junction.common.assignment.Outcome;
import io.junction.common.build.SettleBuilds;
import io.junction.common.hint.Hints;
import io.junction.common.job.JobState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Changes the state of jobs, and closes their assignments, in the caller's transaction.
 *
 * <p>Concurrency: whoever locks the job's row first decides; everybody else is told how things
 * stand. A build is locked before its jobs, and follows them in the same transaction. Those whom a
 * change concerns get a hint with the commit: the queue in which a slot became free, the limiter of
 * a restarted job, the worker whose assignment somebody else closed.
 */
@Component
public class Transitions {

  private final TransitionStatements statements;
  private final AdvanceStatements advancing;
  private final SettleBuilds settling;
  private final Hints hints;

  Transitions(
      TransitionStatements statements,
      AdvanceStatements advancing,
      SettleBuilds settling,
      Hints hints) {
    this.statements = statements;
    this.advancing = advancing;
    this.settling = settling;
    this.hints = hints;
  }

  /** Applies what workers report, each report on its own; a verdict for each, in their order. */
  public List<Verdict> report(List<Report> reports) {
    requireTransaction();
    if (reports.isEmpty()) {
      return List.of();
    }
    var courses = coursesOf(reports);
    var forward = courses.values().stream().filter(course -> !course.restarts()).toList();
    var restarting = courses.values().stream().filter(Course::restarts).toList();
    var builds = new HashSet<Long>();
    if (!restarting.isEmpty()) {
      builds.addAll(settling.holdOf(courses.values().stream().map(Course::assignment).toList()));
    }
    var changes = new ArrayList<Changed>();
    if (!forward.isEmpty()) {
      changes.addAll(advance(forward, builds));
    }
    if (!restarting.isEmpty()) {
      changes.addAll(statements.close(restartsOf(restarting)));
    }
    hintAt(changes, false);
    follow(builds);
    return verdicts(reports, courses, changes);
  }

  /**
   * Closes those of these assignments that are still open, and ends or restarts their jobs.
   *
   * @return the changes that were made; an assignment that is missing there had ended before
   */
  public List<Changed> close(Collection<Closing> closings) {
    requireTransaction();
    if (closings.isEmpty()) {
      return List.of();
    }
    var builds = settling.holdOf(closings.stream().map(Closing::assignment).toList());
    var changes = statements.close(closings);
    hintAt(changes, true);
    follow(builds);
    return changes;
  }

  /** Locks the builds of these assignments' jobs, for who is to lock the jobs themselves. */
  public Set<Long> holdBuildsOf(Collection<UUID> assignments) {
    requireTransaction();
    return settling.holdOf(assignments);
  }

  /** A lock that ends with its statement would protect nothing. */
  static void requireTransaction() {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("a transition needs its caller's transaction");
    }
  }

  /**
   * Those courses that take their job further; a stranger's and a late one do not. Most jobs are of
   * no build, so builds are looked for only where a job could not be held without its own.
   *
   * @param builds those that are held; others that had to be are added
   */
  private List<Changed> advance(List<Course> courses, Set<Long> builds) {
    var byHolder = new HashMap<Holder, Course>();
    courses.forEach(course -> byHolder.put(Holder.of(course), course));
    var assignments =
        courses.stream().map(Course::assignment).collect(Collectors.toCollection(HashSet::new));
    var jobs = new ArrayList<>(statements.hold(assignments, builds));
    jobs.forEach(held -> assignments.remove(held.assignment()));
    if (!assignments.isEmpty()) {
      var missing = settling.holdOf(assignments);
      if (!missing.isEmpty()) {
        builds.addAll(missing);
        jobs.addAll(statements.hold(assignments, missing));
      }
    }
    var advances = new ArrayList<Advance>();
    for (var held : jobs) {
      var course = byHolder.get(new Holder(held.assignment(), held.worker()));
      if (course != null && held.state().mayBecome(course.target())) {
        advances.add(new Advance(held, course));
      }
    }
    if (!advances.isEmpty()) {
      advancing.advance(advances);
      settling.start(
          advances.stream().filter(Advance::startsOfBuild).map(a -> a.held().job()).toList());
    }
    return advances.stream().map(Advance::changed).toList();
  }

  private static Map<Holder, Course> coursesOf(List<Report> reports) {
    var courses = new LinkedHashMap<Holder, Course>();
    reports.stream()
        .collect(Collectors.groupingBy(Holder::of, LinkedHashMap::new, Collectors.toList()))
        .forEach((holder, reported) -> courses.put(holder, new Course(reported)));
    return courses;
  }

  private static List<Closing> restartsOf(List<Course> courses) {
    return courses.stream()
        .map(
            course ->
                new Closing(
                    course.assignment(),
                    course.worker(),
                    Outcome.RESTARTED,
                    course.reason(),
                    false))
        .toList();
  }

  private List<Verdict> verdicts(
      List<Report> reports, Map<Holder, Course> courses, List<Changed> changes) {
    var verdicts = new HashMap<Holder, Queue<Verdict>>();
    for (var change : changes) {
      var holder = new Holder(change.assignment(), change.worker());
      var course = Objects.requireNonNull(courses.get(holder));
      verdicts.put(holder, new ArrayDeque<>(course.verdictsOf(change.previous(), change.state())));
    }
    var unchanged = new LinkedHashMap<>(courses);
    unchanged.keySet().removeAll(verdicts.keySet());
    if (!unchanged.isEmpty()) {
      var standings = new HashMap<UUID, Standing>();
      statements
          .standings(unchanged.values())
          .forEach(standing -> standings.put(standing.assignment(), standing));
      unchanged.forEach(
          (holder, course) -> {
            var standing = standings.get(holder.assignment());
            boolean its = standing != null && standing.worker().equals(holder.worker());
            verdicts.put(holder, new ArrayDeque<>(course.verdictsOf(its ? standing : null)));
          });
    }
    return reports.stream()
        .map(report -> Objects.requireNonNull(verdicts.get(Holder.of(report))).remove())
        .toList();
  }

  /** Ends the stages and builds that are over by now, with all that follows from it. */
  void follow(Set<Long> builds) {
    if (settling.settle(builds, closingAs(Outcome.CANCELED))) {
      hints.created();
    }
  }

  /** For jobs whose builds, and whose rows, are held already. */
  SettleBuilds.Closer closingAs(Outcome outcome) {
    return (assignments, reason) ->
        hintAt(
            statements.close(
                assignments.stream().map(id -> Closing.of(id, outcome, reason, true)).toList()),
            true);
  }

  private void hintAt(List<Changed> changes, boolean workersDoNotKnow) {
    hints.slots(
        changes.stream()
            .filter(change -> change.state().isFinal())
            .map(Changed::queue)
            .collect(Collectors.toSet()));
    // Not yet the queue of a restarted job: the limiter hints at it once the job stands in its line
    // again. Were the slot offered before, a younger job would take it.
    if (changes.stream().anyMatch(change -> change.state() == JobState.CREATED)) {
      hints.created();
    }
    if (workersDoNotKnow) {
      hints.workers(changes.stream().map(Changed::worker).collect(Collectors.toSet()));
    }
  }

  /** Who says what of which assignment: reports of a stranger are a course of their own. */
  private record Holder(UUID assignment, UUID worker) {

    static Holder of(Report report) {
      return new Holder(report.assignment(), report.worker());
    }

    static Holder of(Course course) {
      return new Holder(course.assignment(), course.worker());
    }
  }
}
