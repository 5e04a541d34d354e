package io.junction.dispatcher.dispatch;

import io.junction.common.hint.Hint;
import io.junction.common.hint.Hints;
import io.junction.common.plan.Placement;
import io.junction.common.plan.Planner;
import io.junction.common.plan.QueueSnapshot;
import io.junction.dispatcher.DispatcherProperties;
import io.junction.dispatcher.loop.Wake;
import io.junction.dispatcher.loop.Work;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Gives the jobs at the front of each line to workers.
 *
 * <p>Invariant: everything is read after the queues' locks were taken, so a plan is never stale and
 * any number of dispatchers may run. Failure: a round that fails has placed nothing, and its queues
 * are looked at again.
 */
@Component
class Dispatcher implements Work {

  /** Workers of each queue that a round looks at, of those that have a free slot. */
  private static final int FEW_WORKERS = 20;

  /** The same, when those were too few for the jobs that waited. */
  private static final int MANY_WORKERS = 500;

  private final LockedQueues locked;
  private final DispatchStatements statements;
  private final Fronts fronts;
  private final Hints hints;
  private final DispatcherProperties.Dispatching properties;
  private final boolean everyJobIsHinted;
  private final Counter placements;
  private final PendingQueues pending = new PendingQueues();
  private final FullQueues fullQueues = new FullQueues();
  private final LineStarts starts = new LineStarts(InstantSource.system());
  private int mostWorkers = FEW_WORKERS;
  private boolean placedSincePoll;

  Dispatcher(
      LockedQueues locked,
      DispatchStatements statements,
      Fronts fronts,
      Hints hints,
      DispatcherProperties properties,
      MeterRegistry meters) {
    this.locked = locked;
    this.statements = statements;
    this.fronts = fronts;
    this.hints = hints;
    this.properties = properties.dispatcher();
    // An external scheduler queues jobs by an UPDATE of its own, which no hint goes with.
    this.everyJobIsHinted = properties.limiter().enabled();
    this.placements = meters.counter("junction.placements");
  }

  @Override
  public String name() {
    return "dispatch";
  }

  @Override
  public Duration interval() {
    return properties.poll();
  }

  @Override
  public boolean hears(Hint hint) {
    var queue =
        switch (hint) {
          case Hint.Queue(String name) -> name;
          case Hint.Slot(String name) when fullQueues.freed(name) -> name;
          default -> null;
        };
    if (queue != null) {
      pending.add(List.of(queue));
    }
    return queue != null;
  }

  @Override
  public DispatchRound run(Wake wake) {
    boolean idle = false;
    if (wake == Wake.POLL) {
      var lines = statements.lines(starts.all(), everyJobIsHinted && !placedSincePoll);
      idle = lines.empty();
      placedSincePoll = false;
      pending.add(lines.servable());
    }
    var queues = pending.take(properties.chunk());
    if (queues.isEmpty()) {
      return new DispatchRound(0, 0, 0, idle);
    }
    boolean committed = false;
    fullQueues.begin();
    try {
      var placed = locked.in(queues, () -> place(queues));
      committed = true;
      starts.keep(placed.starts());
      pending.add(placed.cutShort());
      pending.add(fullQueues.end(queues, placed.waiting()));
      placements.increment(placed.jobs());
      placedSincePoll |= placed.jobs() > 0;
      return new DispatchRound(queues.size(), placed.jobs(), pending.size(), false);
    } finally {
      if (!committed) {
        starts.forget();
        pending.add(queues);
      }
    }
  }

  private Placed place(List<String> names) {
    var sight = statements.look(starts.of(names), mostWorkers);
    var open = sight.queues().stream().filter(queue -> queue.free() > 0).toList();
    if (open.isEmpty()) {
      return new Placed(0, List.of(), sight.waiting(), sight.starts());
    }
    var front = fronts.front(open, sight.starts(), properties.batch());
    var planned = new ArrayList<Placement>();
    var cutShort = new ArrayList<String>();
    var waiting = new HashSet<>(sight.waiting());
    for (var queue : open) {
      var jobs = front.of(queue.queue());
      var placements = Planner.plan(queue.with(jobs)).placements();
      planned.addAll(placements);
      if (queue.slots().size() == mostWorkers && placements.size() == queue.free()) {
        cutShort.add(queue.queue()); // it may have more workers than were seen
      }
      if (jobs.size() < Math.min(queue.free(), properties.batch())
          && !front.cut().contains(queue.queue())) {
        waiting.remove(queue.queue());
      }
    }
    mostWorkers = cutShort.isEmpty() ? FEW_WORKERS : MANY_WORKERS;
    cutShort.addAll(front.cut());
    if (planned.isEmpty()) {
      return new Placed(0, List.of(), waiting, sight.starts());
    }
    int placed = statements.place(planned);
    hints.workers(planned.stream().map(Placement::worker).collect(Collectors.toSet()));
    if (planned.size() == properties.batch()) {
      var unserved = unserved(open, front.jobs().keySet());
      cutShort.addAll(unserved);
      waiting.addAll(unserved);
    }
    return new Placed(placed, cutShort, waiting, sight.starts());
  }

  /** The batch was filled in the order of the queues: those behind the last served come first. */
  private static List<String> unserved(List<QueueSnapshot> open, Set<String> served) {
    var names = open.stream().map(QueueSnapshot::queue).toList();
    int last = 0;
    for (int i = 0; i < names.size(); i++) {
      if (served.contains(names.get(i))) {
        last = i;
      }
    }
    var unserved = new ArrayList<>(names.subList(last + 1, names.size()));
    unserved.add(names.get(last));
    return unserved;
  }

  /**
   * What a round came to.
   *
   * @param cutShort queues to look at again at once
   * @param waiting queues in which jobs may have been left
   * @param starts where the queues' lines began before it
   */
  private record Placed(
      int jobs, List<String> cutShort, Set<String> waiting, Collection<LineStart> starts) {}
}
