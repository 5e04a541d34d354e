package io.junction.common.simulate;

import io.junction.common.limit.Asking;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Lets jobs come when they came, and run for as long as they ran; when each is let in and placed is
 * planned anew.
 *
 * <p>Invariant: the same jobs under the same conditions wait for as long, whatever their order.
 */
public final class Replay {

  private final RunTimes runTimes;
  private final Conditions conditions;
  private final Gate gate;
  private final BuildStages stages;
  private final Map<Long, PastJob> jobs = new HashMap<>();
  private final Map<String, Line> lines = new HashMap<>();
  private final Map<Long, Long> asked = new HashMap<>();
  private final Map<Long, Long> waits = new HashMap<>();
  private final Set<Line> touched = new LinkedHashSet<>();
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(
          Comparator.comparingLong(Event::at)
              .thenComparing(Event::asks)
              .thenComparingLong(Event::job));

  /** At one moment whoever ends goes before whoever asks. */
  private record Event(long at, boolean asks, long job) {}

  /**
   * What came of it.
   *
   * @param waits by job, in milliseconds, from when it asked until it was taken up; one that
   *     nothing ever let in has none, and one that ran when the window began
   * @param looks how often the limits were asked about a job
   */
  public record Outcome(Map<Long, Long> waits, long looks) {}

  private Replay(Collection<PastJob> past, RunTimes runTimes, Conditions conditions) {
    this.runTimes = runTimes;
    this.conditions = conditions;
    this.gate = new Gate(conditions.limits(), past.stream().map(job -> job.job().owner()).toList());
    this.stages = new BuildStages(past);
    past.forEach(job -> jobs.put(job.id(), job));
  }

  /** To the end: until nobody is left whom anything would let in. */
  public static Outcome run(Collection<PastJob> past, RunTimes runTimes, Conditions conditions) {
    return new Replay(past, runTimes, conditions).run();
  }

  private Outcome run() {
    jobs.values().forEach(this::begin);
    while (!events.isEmpty()) {
      long now = events.element().at();
      while (!events.isEmpty() && events.element().at() == now) {
        happens(events.remove());
      }
      settle(now);
    }
    return new Outcome(waits, gate.looks());
  }

  private void begin(PastJob job) {
    var taken = job.taken();
    if (taken != null && job.ranBefore()) {
      gate.take(job.job());
      lineOf(job.job()).take();
      events.add(new Event(Math.max(0, taken + runTimes.of(job)), false, job.id()));
    } else if (!stages.holds(job)) {
      ask(job, Objects.requireNonNullElse(job.asked(), job.created()), 0);
    }
  }

  private void ask(PastJob job, long since, long now) {
    asked.put(job.id(), since);
    events.add(new Event(Math.max(now, since), true, job.id()));
  }

  private void happens(Event event) {
    var job = Objects.requireNonNull(jobs.get(event.job()));
    if (event.asks()) {
      gate.ask(job.job());
    } else {
      gate.end(job.job());
      var line = lineOf(job.job());
      line.end();
      touched.add(line);
      stages.end(job).forEach(next -> ask(next, Math.max(next.created(), event.at()), event.at()));
    }
  }

  private void settle(long now) {
    for (var job : gate.admit()) {
      var line = lineOf(job);
      line.add(job, now);
      touched.add(line);
    }
    for (var line : touched) {
      for (var job : line.place()) {
        waits.put(job.id(), now - Objects.requireNonNull(asked.get(job.id())));
        long runs = runTimes.of(Objects.requireNonNull(jobs.get(job.id())));
        events.add(new Event(now + runs, false, job.id()));
      }
    }
    touched.clear();
  }

  private Line lineOf(Asking job) {
    return lines.computeIfAbsent(
        job.queue(),
        queue ->
            new Line(
                queue, conditions.queues().getOrDefault(queue, new Conditions.QueueRoom(null, 0))));
  }
}
