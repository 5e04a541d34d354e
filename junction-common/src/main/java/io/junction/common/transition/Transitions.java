package io.junction.common.transition;

import io.junction.common.assignment.Outcome;
import io.junction.common.build.SettleBuilds;
import io.junction.common.hint.Hints;
import io.junction.common.job.JobState;
import java.util.ArrayDeque;
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
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Changes the state of jobs, and closes their assignments, in the caller's transaction.
 *
 * <p>Concurrency: whoever locks the job's row first decides; everybody else goes on from there, or
 * is told how things stand; docs/decisions/0019. A build is locked before its jobs, and follows
 * them in the same transaction. Those whom a change concerns get a hint with the commit: the queue
 * in which a slot became free, the limiter of a restarted job, the worker whose assignment somebody
 * else closed.
 */
@Component
public class Transitions {

  /** One for jobs of no build, and one with the builds held that the others are of. */
  private static final int MOST_LOOKS = 2;

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
    var restarting = courses.values().stream().filter(Course::restarts).toList();
    var builds = new HashSet<Long>();
    var changes = new HashMap<Holder, Changed>();
    if (!restarting.isEmpty()) {
      builds.addAll(settling.holdOf(courses.values().stream().map(Course::assignment).toList()));
      put(changes, statements.close(restartsOf(restarting)));
    }
    var standings = advance(courses, builds, changes);
    hintAt(changes.values(), false);
    follow(builds);
    return verdicts(reports, courses, changes, standings);
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
   * Takes jobs further while there is one to take: mostly that is once. One of a build is taken
   * further once that is held, and builds are looked for only where something is left over, since
   * most jobs are of none.
   *
   * @param builds those that are held; others that had to be are added
   * @param changes those that were made; others are added
   * @return how those stand that were not changed
   */
  private List<Standing> advance(
      Map<Holder, Course> courses, Set<Long> builds, Map<Holder, Changed> changes) {
    var left = courses.values().stream().filter(course -> !course.restarts()).toList();
    for (int look = 0; look < MOST_LOOKS; look++) {
      if (!left.isEmpty()) {
        var advanced = advancing.advance(left, builds);
        put(changes, advanced.stream().map(Advanced::change).toList());
        settling.start(
            advanced.stream().filter(Advanced::startsOfBuild).map(a -> a.change().job()).toList());
      }
      var unchanged = new HashMap<>(courses);
      unchanged.keySet().removeAll(changes.keySet());
      var standings = statements.standings(unchanged.values());
      var open =
          standings.stream()
              .filter(s -> s.isLeftBy(Objects.requireNonNull(courses.get(Holder.of(s)))))
              .toList();
      if (open.isEmpty()) {
        return standings;
      }
      left = open.stream().map(s -> Objects.requireNonNull(courses.get(Holder.of(s)))).toList();
      builds.addAll(
          settling.hold(
              open.stream()
                  .flatMap(standing -> Stream.ofNullable(standing.build()))
                  .collect(Collectors.toSet())));
    }
    throw new IllegalStateException(
        "assignments stand open, but their jobs could not be changed: "
            + left.stream().map(Course::assignment).toList());
  }

  private static void put(Map<Holder, Changed> changes, List<Changed> made) {
    made.forEach(change -> changes.put(Holder.of(change), change));
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

  private static List<Verdict> verdicts(
      List<Report> reports,
      Map<Holder, Course> courses,
      Map<Holder, Changed> changes,
      List<Standing> standings) {
    var verdicts = new HashMap<Holder, Queue<Verdict>>();
    var standing = standings.stream().collect(Collectors.toMap(Holder::of, s -> s));
    courses.forEach(
        (holder, course) -> {
          var change = changes.get(holder);
          verdicts.put(
              holder,
              new ArrayDeque<>(
                  change == null
                      ? course.verdictsOf(standing.get(holder))
                      : course.verdictsOf(change.previous(), change.state())));
        });
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

  private void hintAt(Collection<Changed> changes, boolean workersDoNotKnow) {
    hints.slots(
        changes.stream()
            .filter(change -> change.state().isFinal())
            .map(Changed::queue)
            .collect(Collectors.toSet()));
    hints.limits(
        changes.stream()
            .filter(Changed::freesPlaces)
            .flatMap(change -> change.place().limits().stream())
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

    static Holder of(Changed change) {
      return new Holder(change.assignment(), change.worker());
    }

    static Holder of(Standing standing) {
      return new Holder(standing.assignment(), standing.worker());
    }
  }
}
