package io.junction.dispatcher.dispatch;

import io.junction.common.plan.QueueSnapshot;
import io.junction.common.plan.QueuedJob;
import io.junction.common.turn.QueueTurns;
import io.junction.common.turn.WaitingStatements;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Gives the slots of queues to owners in turn, and writes down whose turn it is next; under the
 * queues' locks. Where more owners wait than a round looks at, the next one begins where it ended.
 */
@Component
class FairFronts {

  /** Owners that a round looks at, of all its queues together. */
  private static final int MOST_OWNERS = 500;

  /** The same, of each queue, however many these are. */
  private static final int OWNERS_OF_QUEUE = 20;

  /**
   * Each time either half of the slots that are left find their job, or half of the weights is out:
   * it is never as many.
   */
  private static final int MOST_LOOKS = 40;

  /** Of more queues than this it is forgotten how far they were looked at. */
  private static final int LIMIT = 10_000;

  private final WaitingStatements waiting;
  private final TurnStatements statements;
  private final Map<String, String> since = new HashMap<>();

  FairFronts(WaitingStatements waiting, TurnStatements statements) {
    this.waiting = waiting;
    this.statements = statements;
  }

  /** The jobs to place, locked; {@code batch} at most. */
  Front front(List<QueueSnapshot> queues, Collection<LineStart> starts, int batch) {
    var lines = lines(queues, starts, batch);
    var reading = Reading.MORE;
    for (int look = 0; look < MOST_LOOKS && reading == Reading.MORE; look++) {
      reading = read(lines, batch);
    }
    var jobs = new HashMap<String, List<QueuedJob>>();
    var cut = new HashSet<String>();
    var served = new ArrayList<FairLine.Served>();
    int left = batch;
    for (var line : lines) {
      var result = line.serve(left, reading != Reading.DONE);
      left -= result.jobs().size();
      if (!result.jobs().isEmpty()) {
        served.add(result);
        jobs.put(line.queue(), result.jobs());
      }
      if (result.cut()) {
        cut.add(line.queue());
      }
    }
    if (!served.isEmpty()) {
      statements.turned(served);
    }
    return new Front(jobs, cut);
  }

  private List<FairLine> lines(
      List<QueueSnapshot> queues, Collection<LineStart> starts, int batch) {
    var byQueue = starts.stream().collect(Collectors.toMap(LineStart::queue, Function.identity()));
    var names = new HashMap<String, String>();
    queues.forEach(queue -> names.put(queue.queue(), since.getOrDefault(queue.queue(), "")));
    var found = waiting.waiting(names, Math.max(OWNERS_OF_QUEUE, MOST_OWNERS / queues.size()));
    if (since.size() > LIMIT) {
      since.clear();
    }
    return queues.stream()
        .map(
            queue -> {
              var turns = found.getOrDefault(queue.queue(), QueueTurns.NONE);
              if (turns.cut()) {
                since.put(queue.queue(), turns.waiting().getLast().owner());
              } else {
                since.remove(queue.queue());
              }
              var start = Objects.requireNonNull(byQueue.get(queue.queue()));
              return new FairLine(start, turns, Math.min(queue.free(), batch));
            })
        .toList();
  }

  /** What was read last. */
  private enum Reading {
    /** There was room for all of it, and others may have to be asked. */
    MORE,
    /** As many as a round places. */
    FULL,
    /** Nothing was left to ask. */
    DONE
  }

  private Reading read(List<FairLine> lines, int batch) {
    var asks = new ArrayList<FairLine.Ask>();
    var whose = new ArrayList<FairLine>();
    for (var line : lines) {
      for (var ask : line.asks()) {
        asks.add(ask);
        whose.add(line);
      }
    }
    if (asks.isEmpty()) {
      return Reading.DONE;
    }
    var found = statements.fronts(asks, batch);
    int jobs = 0;
    for (int i = 0; i < asks.size(); i++) {
      whose.get(i).read(asks.get(i), found.get(i));
      jobs += found.get(i).size();
    }
    return jobs == batch ? Reading.FULL : Reading.MORE;
  }
}
