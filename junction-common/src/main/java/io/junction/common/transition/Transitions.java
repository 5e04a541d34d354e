package io.junction.common.transition;

import io.junction.common.assignment.Outcome;
import io.junction.common.hint.Hints;
import io.junction.common.job.JobState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Changes the state of jobs, and closes their assignments, in the caller's transaction.
 *
 * <p>Concurrency: whoever locks the job's row first decides; everybody else is told how things
 * stand. Those whom a change concerns get a hint with the commit: the queue in which a slot became
 * free, the limiter of a restarted job, the worker whose assignment somebody else closed.
 */
@Component
public class Transitions {

  private final TransitionStatements statements;
  private final UnassignedStatements unassigned;
  private final Hints hints;

  Transitions(TransitionStatements statements, UnassignedStatements unassigned, Hints hints) {
    this.statements = statements;
    this.unassigned = unassigned;
    this.hints = hints;
  }

  /** Applies what workers report, each report on its own; a verdict for each, in their order. */
  public List<Verdict> report(List<Report> reports) {
    requireTransaction();
    if (reports.isEmpty()) {
      return List.of();
    }
    var courses = coursesOf(reports);
    var advancing = courses.values().stream().filter(course -> !course.restarts()).toList();
    var restarting = courses.values().stream().filter(Course::restarts).toList();
    var changes = new ArrayList<Changed>();
    if (!advancing.isEmpty()) {
      changes.addAll(advance(advancing));
    }
    if (!restarting.isEmpty()) {
      changes.addAll(statements.close(restartsOf(restarting)));
    }
    hintAt(changes, false);
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
    var changes = statements.close(closings);
    hintAt(changes, true);
    return changes;
  }

  /** Cancels a job whatever it is doing; null when there is none. */
  public @Nullable Verdict cancel(long job, @Nullable String reason) {
    requireTransaction();
    var held = unassigned.hold(job);
    if (held.isEmpty()) {
      return null;
    }
    var state = held.getFirst().state();
    if (state.isFinal()) {
      return state == JobState.CANCELED ? Verdict.unchanged(state) : Verdict.refused(state);
    }
    var assignment = held.getFirst().assignment();
    if (assignment == null) {
      unassigned.cancel(job, reason);
    } else {
      close(List.of(Closing.of(assignment, Outcome.CANCELED, reason, true)));
    }
    return Verdict.applied(JobState.CANCELED);
  }

  /** Restarts a job, refused when its attempts are used up; null when there is none. */
  public @Nullable Verdict restart(long job, @Nullable String reason) {
    requireTransaction();
    var rows = unassigned.hold(job);
    if (rows.isEmpty()) {
      return null;
    }
    var held = rows.getFirst();
    if (held.state() == JobState.CREATED) {
      return Verdict.unchanged(JobState.CREATED);
    }
    if (held.attempt() >= held.maxAttempts()) {
      return Verdict.refused(held.state());
    }
    var assignment = held.assignment();
    if (assignment == null || held.state().isFinal()) {
      unassigned.restart(job, reason);
      hints.created();
    } else {
      close(List.of(Closing.of(assignment, Outcome.RESTARTED, reason, true)));
    }
    return Verdict.applied(JobState.CREATED);
  }

  /** A lock that ends with its statement would protect nothing. */
  private static void requireTransaction() {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("a transition needs its caller's transaction");
    }
  }

  /** Those courses that take their job further; a stranger's and a late one do not. */
  private List<Changed> advance(List<Course> courses) {
    var byHolder = new HashMap<Holder, Course>();
    courses.forEach(course -> byHolder.put(Holder.of(course), course));
    var advances = new ArrayList<Advance>();
    for (var held : statements.hold(courses.stream().map(Course::assignment).distinct().toList())) {
      var course = byHolder.get(new Holder(held.assignment(), held.worker()));
      if (course != null && held.state().mayBecome(course.target())) {
        advances.add(new Advance(held, course));
      }
    }
    if (!advances.isEmpty()) {
      statements.advance(advances);
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
