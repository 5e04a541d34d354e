package io.junction.common.turn;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/**
 * Gives slots to owners in turn: each as often as his weight says, and soon after one another.
 *
 * <p>A queue has a clock, which a slot moves on by a {@link #TURN} divided by the weights of all
 * who wait: so it has gone on by one turn when each of them was due once for each unit of his
 * weight. Each owner has a pass, the time at which he is due: a slot moves that on by a turn
 * divided by his own weight. The lowest goes first. A pass that the clock has reached counts as the
 * time that it is now, so who was away has earned nothing, and needs no row to be remembered by.
 *
 * <p>Invariant: the clock never goes beyond the pass of one who waits and has a debt; else he would
 * lose what is due to him. So among those who wait all the time no one is ahead of his share by
 * more than one slot. Who has no debt goes before all whose pass is ahead of the clock, the oldest
 * job first. But the clock moves on for each of these too: so those who come anew, however many
 * they are, do not keep away who is waiting already.
 *
 * <p>Time: 2,520,000 to a turn, of which most weights are a part. A queue that one owner alone has
 * for itself at 1,000 slots a second wears the number out in 116 years.
 */
public final class Turns {

  /** What the clock goes on by while each owner is due once for each unit of his weight. */
  public static final long TURN = 2_520_000;

  private static final Comparator<Standing> BY_PASS =
      Comparator.<Standing>comparingLong(standing -> standing.pass)
          .thenComparing(standing -> standing.owner.owner());

  private static final Comparator<Standing> BY_AGE =
      Comparator.<Standing>comparingLong(standing -> standing.owner.front())
          .thenComparing(standing -> standing.owner.owner());

  private final PriorityQueue<Standing> indebted = new PriorityQueue<>(BY_PASS);
  private final PriorityQueue<Standing> free = new PriorityQueue<>(BY_AGE);
  private final List<String> order = new ArrayList<>();
  private final Map<String, Long> passes = new HashMap<>();
  private final boolean cut;
  private long clock;
  private long weights;

  private Turns(QueueTurns queue) {
    this.clock = queue.clock();
    this.cut = queue.cut();
    for (var owner : queue.waiting()) {
      if (owner.jobs() > 0) {
        weights += owner.weight();
        var standing = new Standing(owner);
        (standing.pass > 0 && standing.pass >= clock ? indebted : free).add(standing);
      }
    }
  }

  /**
   * What comes of it.
   *
   * @param order the owner of each slot
   * @param passes of those who were served
   * @param clock what the queue's clock shows then
   */
  public record Deal(List<String> order, Map<String, Long> passes, long clock) {

    /** How many slots each was given. */
    public Map<String, Integer> shares() {
      var shares = new HashMap<String, Integer>();
      order.forEach(owner -> shares.merge(owner, 1, Integer::sum));
      return shares;
    }
  }

  /**
   * Gives out so many slots, or as many as there are jobs. It makes no difference whether they are
   * given out at once or one by one.
   */
  public static Deal deal(QueueTurns queue, int slots) {
    var turns = new Turns(queue);
    while (turns.order.size() < slots && turns.weights > 0) {
      turns.give(turns.next());
    }
    return new Deal(List.copyOf(turns.order), Map.copyOf(turns.passes), turns.clock);
  }

  /**
   * How many slots others and himself are given before an owner gets the one for a job of his.
   *
   * @param ahead how many of his jobs are served before that
   * @param most slots to look at; nothing, if it is not among them
   */
  public static OptionalInt before(QueueTurns queue, String owner, int ahead, int most) {
    var order = deal(queue, most).order();
    return IntStream.range(0, order.size())
        .filter(slot -> order.get(slot).equals(owner))
        .skip(ahead)
        .findFirst();
  }

  /**
   * Who has a debt goes before who has none if he is due now: else newcomers kept him away. Where
   * others wait who are not known, their weights are not either, and the clock only follows who is
   * served: then those without a debt go first, or they were never reached.
   */
  private Standing next() {
    var due = indebted.peek();
    boolean isDue = due != null && (due.pass < clock || (due.pass == clock && !cut));
    return isDue || free.isEmpty() ? indebted.remove() : free.remove();
  }

  private void give(Standing standing) {
    order.add(standing.owner.owner());
    long now = Math.max(clock, standing.pass);
    long later = cut ? now : now + TURN / weights;
    standing.pass = now + TURN / standing.owner.weight();
    standing.given++;
    passes.put(standing.owner.owner(), standing.pass);
    if (standing.given < standing.owner.jobs()) {
      indebted.add(standing);
    } else {
      weights -= standing.owner.weight();
    }
    var due = indebted.peek();
    clock = due == null ? later : Math.max(clock, Math.min(later, due.pass));
  }

  /** How far an owner has come. */
  private static final class Standing {
    private final Waiting owner;
    private long pass;
    private int given;

    Standing(Waiting owner) {
      this.owner = owner;
      this.pass = owner.pass();
    }
  }
}
