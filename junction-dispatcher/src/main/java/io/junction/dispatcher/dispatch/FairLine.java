package io.junction.dispatcher.dispatch;

import io.junction.common.plan.QueuedJob;
import io.junction.common.turn.QueueTurns;
import io.junction.common.turn.Turns;
import io.junction.common.turn.Waiting;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A queue's line while a round gives out its slots in turn. How many jobs an owner has is not known
 * before they are read, and how many to read depends on how many the others have: so it is dealt
 * with as if everybody had enough, read, and dealt with again where somebody had not.
 */
final class FairLine {

  private static final ArrayDeque<QueuedJob> NOTHING = new ArrayDeque<>(0);

  private final LineStart start;
  private final QueueTurns turns;
  private final int slots;
  private final Map<String, Integer> asked = new HashMap<>();
  private final Map<String, List<QueuedJob>> read = new HashMap<>();

  /**
   * @param start where the whole line begins; each owner's begins there or behind
   * @param slots how many to give out
   */
  FairLine(LineStart start, QueueTurns turns, int slots) {
    this.start = start;
    this.turns = turns;
    this.slots = slots;
  }

  String queue() {
    return start.queue();
  }

  /** How far an owner's line is to be read. */
  record Ask(LineStart start, String owner, int jobs) {}

  /** Whose line has not been read as far as it may be served. */
  List<Ask> asks() {
    return deal(slots).shares().entrySet().stream()
        .filter(share -> share.getValue() > asked.getOrDefault(share.getKey(), 0))
        .map(share -> new Ask(start, share.getKey(), share.getValue()))
        .toList();
  }

  void read(Ask ask, List<QueuedJob> jobs) {
    asked.put(ask.owner(), ask.jobs());
    read.put(ask.owner(), jobs);
  }

  /**
   * Gives out what was read.
   *
   * @param full whether there was no room to read all that was asked for
   */
  Served serve(int most, boolean full) {
    var lines = new HashMap<String, ArrayDeque<QueuedJob>>();
    read.forEach((owner, jobs) -> lines.put(owner, new ArrayDeque<>(jobs)));
    var jobs = new ArrayList<QueuedJob>();
    for (var owner : deal(Math.min(slots, most)).order()) {
      var line = lines.getOrDefault(owner, NOTHING);
      if (line.isEmpty()) {
        break; // only where not all was read
      }
      jobs.add(line.remove());
    }
    boolean cut = (full || turns.cut()) && jobs.size() < slots;
    var before = new HashMap<String, Long>();
    turns.waiting().forEach(owner -> before.put(owner.owner(), owner.pass()));
    return new Served(queue(), jobs, before, deal(jobs.size()), cut);
  }

  /**
   * What a round came to here.
   *
   * @param before the passes that there were
   * @param cut whether others may wait, though not all slots were given out
   */
  record Served(
      String queue, List<QueuedJob> jobs, Map<String, Long> before, Turns.Deal deal, boolean cut) {}

  /** Who had fewer than were asked for has no more; of all others any number is thought. */
  private Turns.Deal deal(int most) {
    var known =
        turns.waiting().stream()
            .map(
                owner ->
                    countOf(owner) < asked.getOrDefault(owner.owner(), 0)
                        ? owner.with(countOf(owner))
                        : owner)
            .toList();
    return Turns.deal(new QueueTurns(turns.clock(), known, turns.cut()), most);
  }

  private int countOf(Waiting owner) {
    return read.getOrDefault(owner.owner(), List.of()).size();
  }
}
