package io.junction.common.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Properties over thousands of made-up queues; a failure names the seed of its queue. */
class TurnsTest {

  private static final int QUEUES = 150;
  private static final long SEED = Long.getLong("junction.seed", System.nanoTime());

  @Test
  void leaves_no_slot_idle_while_a_job_waits_and_gives_nobody_more_than_he_has() {
    each(
        (random, waiting) -> {
          int slots = random.nextInt(200);
          var deal = deal(random.nextInt(1_000_000), waiting, slots);
          long jobs = waiting.stream().mapToLong(Waiting::jobs).sum();
          assertThat(deal.order()).hasSize((int) Math.min(slots, jobs));
          for (var owner : waiting) {
            assertThat(deal.shares().getOrDefault(owner.owner(), 0))
                .isLessThanOrEqualTo(owner.jobs());
          }
          assertThat(deal.passes().keySet()).isEqualTo(deal.shares().keySet());
        });
  }

  @Test
  void shares_are_as_the_weights_to_within_a_slot_each() {
    each(
        (random, waiting) -> {
          var endless = waiting.stream().map(owner -> owner.with(Waiting.ANY)).toList();
          var order = deal(0, endless, 1_000).order();
          int from = allServedOnce(endless, order);
          for (int upto = from; upto < order.size(); upto += 1 + random.nextInt(50)) {
            var shares = counted(order.subList(from, upto));
            for (var one : endless) {
              for (var other : endless) {
                assertThat(turns(one, shares) - turns(other, shares))
                    .isLessThanOrEqualTo(1.001 / one.weight() + 1.001 / other.weight());
              }
            }
          }
        },
        QUEUES / 5);
  }

  @Test
  void nobody_waits_for_more_than_a_full_turn() {
    each(
        (random, waiting) -> {
          var endless = waiting.stream().map(owner -> owner.with(Waiting.ANY)).toList();
          int weights = endless.stream().mapToInt(Waiting::weight).sum();
          var order = deal(0, endless, 1_000).order();
          var last = new HashMap<String, Integer>();
          for (int slot = 0; slot < order.size(); slot++) {
            last.put(order.get(slot), slot);
            for (var owner : endless) {
              assertThat(slot - last.getOrDefault(owner.owner(), -1))
                  .isLessThanOrEqualTo(weights / owner.weight() + endless.size());
            }
          }
        },
        QUEUES / 5);
  }

  @Test
  void it_makes_no_difference_whether_slots_come_at_once_or_one_by_one() {
    each(
        (random, waiting) -> {
          int slots = 1 + random.nextInt(150);
          var all = deal(0, waiting, slots);
          var queue = new Queue();
          waiting.forEach(queue::join);
          assertThat(queue.serve(slots)).isEqualTo(all.order());
          assertThat(queue.clock).isEqualTo(all.clock());
        });
  }

  @Test
  void the_clock_never_goes_back_and_never_leaves_behind_who_waits() {
    each(
        (random, waiting) -> {
          var queue = new Queue();
          waiting.forEach(queue::join);
          for (int slot = 0; slot < 100; slot++) {
            long before = queue.clock;
            queue.serve(1);
            assertThat(queue.clock).isGreaterThanOrEqualTo(before);
            for (var owner : queue.waiting()) {
              assertThat(owner.pass() == 0 || owner.pass() >= queue.clock).isTrue();
            }
          }
        });
  }

  @Test
  void a_million_jobs_do_not_starve_ten() {
    var queue = new Queue();
    queue.join(new Waiting("large", 0, 1, 1, 1_000_000));
    queue.serve(500);
    queue.join(new Waiting("small", 0, 1, 1_000_001, 10));
    assertThat(counted(queue.serve(20))).isEqualTo(Map.of("large", 10, "small", 10));
  }

  @Test
  void weights_of_hundreds_take_turns_as_those_of_one_do() {
    var order =
        deal(0, List.of(endless("a", 300), endless("b", 100), endless("c", 300)), 14).order();
    assertThat(counted(order.subList(0, 7))).isEqualTo(Map.of("a", 3, "b", 1, "c", 3));
    assertThat(counted(order.subList(7, 14))).isEqualTo(Map.of("a", 3, "b", 1, "c", 3));
  }

  @Test
  void who_was_away_has_earned_nothing() {
    var queue = new Queue();
    queue.join(new Waiting("away", 0, 1, 1, 1));
    queue.join(endless("here", 1));
    queue.serve(1_000);
    queue.join(new Waiting("away", 0, 1, 2_000, 500));
    assertThat(counted(queue.serve(100)).get("here")).isBetween(49, 51);
  }

  @Test
  void who_comes_anew_again_and_again_does_not_keep_away_who_waits() {
    var queue = new Queue();
    queue.join(new Waiting("old", 0, 1, 1, 1_000_000));
    int served = 0;
    for (int n = 0; n < 300; n++) {
      queue.join(new Waiting("new-" + n, 0, 1, 100 + 2 * n, 1));
      queue.join(new Waiting("newer-" + n, 0, 1, 101 + 2 * n, 1));
      served += queue.serve(1).contains("old") ? 1 : 0;
    }
    // Two come for each slot, so after n slots n wait: his share gets smaller, and never ends.
    assertThat(served).isGreaterThan(4);

    served = 0;
    queue.clear();
    queue.join(new Waiting("old", 0, 1, 1, 1_000_000));
    for (int n = 0; n < 300; n++) {
      queue.join(new Waiting("one-" + n, 0, 1, 100 + n, 1));
      served += queue.serve(1).contains("old") ? 1 : 0;
    }
    assertThat(served).isGreaterThan(10);
  }

  @Test
  void among_those_who_were_not_served_yet_the_oldest_job_goes_first() {
    var waiting =
        List.of(
            new Waiting("a", 0, 1, 30, 1),
            new Waiting("b", 0, 1_000, 20, 1),
            new Waiting("c", 0, 1, 10, 1));
    assertThat(deal(0, waiting, 3).order()).containsExactly("c", "b", "a");
  }

  @Test
  void one_owner_alone_gets_everything() {
    var deal = deal(0, List.of(endless("", 1)), 3);
    assertThat(deal.order()).containsExactly("", "", "");
    assertThat(deal.clock()).isEqualTo(3 * Turns.TURN);
  }

  @Test
  void a_place_in_the_turns_is_the_number_of_slots_before_it() {
    var queue =
        new QueueTurns(
            0,
            List.of(new Waiting("large", 0, 1, 1, 9_000), new Waiting("small", 0, 1, 9_001, 3)),
            false);
    assertThat(Turns.before(queue, "large", 0, 100)).hasValue(0);
    assertThat(Turns.before(queue, "small", 0, 100)).hasValue(1);
    assertThat(Turns.before(queue, "small", 2, 100)).hasValue(5);
    assertThat(Turns.before(queue, "large", 10, 100)).hasValue(13);
    assertThat(Turns.before(queue, "large", 99, 100)).isEmpty();
  }

  /** A round may see a part of the owners only, another one each time. */
  @Test
  void where_not_all_are_looked_at_nobody_is_left_out() {
    var queue = new Queue();
    for (int n = 0; n < 40; n++) {
      queue.join(new Waiting("owner-" + n, 0, 1, n, Waiting.ANY));
    }
    var order = new ArrayList<String>();
    for (int slot = 0; slot < 400; slot++) {
      int window = slot % 4 * 10;
      var seen = queue.waiting().stream().skip(window).limit(10).toList();
      order.addAll(queue.take(Turns.deal(new QueueTurns(queue.clock, seen, true), 1)));
    }
    assertThat(counted(order).values()).hasSize(40).allMatch(count -> count >= 8 && count <= 12);
  }

  private static Turns.Deal deal(long clock, List<Waiting> waiting, int slots) {
    return Turns.deal(new QueueTurns(clock, waiting, false), slots);
  }

  private static Waiting endless(String owner, int weight) {
    return new Waiting(owner, 0, weight, owner.hashCode(), Waiting.ANY);
  }

  private static double turns(Waiting owner, Map<String, Integer> shares) {
    return (double) shares.getOrDefault(owner.owner(), 0) / owner.weight();
  }

  private static int allServedOnce(List<Waiting> waiting, List<String> order) {
    return waiting.stream().mapToInt(owner -> order.indexOf(owner.owner())).max().orElse(0) + 1;
  }

  private static Map<String, Integer> counted(List<String> order) {
    return order.stream().collect(Collectors.toMap(owner -> owner, owner -> 1, Integer::sum));
  }

  private static void each(BiConsumer<Random, List<Waiting>> property) {
    each(property, QUEUES);
  }

  private static void each(BiConsumer<Random, List<Waiting>> property, int queues) {
    for (long seed = SEED; seed < SEED + queues; seed++) {
      var random = new Random(seed);
      var waiting =
          IntStream.range(0, 1 + random.nextInt(8))
              .mapToObj(
                  n ->
                      new Waiting(
                          "owner-" + n, 0, weight(random), random.nextInt(100), random.nextInt(60)))
              .toList();
      try {
        property.accept(random, waiting);
      } catch (AssertionError broken) {
        throw new AssertionError("-Djunction.seed=" + seed + " gives " + waiting, broken);
      }
    }
  }

  private static int weight(Random random) {
    return random.nextBoolean() ? 1 : 1 + random.nextInt(20);
  }

  /** What the database keeps between two rounds: passes that the clock has not left behind. */
  private static final class Queue {

    private final Map<String, Waiting> line = new HashMap<>();
    private final Map<String, Long> passes = new HashMap<>();
    private long clock;

    void join(Waiting owner) {
      line.put(owner.owner(), owner);
    }

    void clear() {
      line.clear();
    }

    List<Waiting> waiting() {
      return line.values().stream()
          .filter(owner -> owner.jobs() > 0)
          .map(
              owner ->
                  new Waiting(
                      owner.owner(),
                      passes.getOrDefault(owner.owner(), 0L),
                      owner.weight(),
                      owner.front(),
                      owner.jobs()))
          .toList();
    }

    List<String> serve(int slots) {
      var order = new ArrayList<String>();
      for (int slot = 0; slot < slots; slot++) {
        order.addAll(take(deal(clock, waiting(), 1)));
      }
      return order;
    }

    List<String> take(Turns.Deal deal) {
      clock = deal.clock();
      passes.putAll(deal.passes());
      passes.values().removeIf(pass -> pass < clock);
      for (var owner : deal.order()) {
        line.computeIfPresent(
            owner,
            (name, standing) ->
                standing.jobs() == Waiting.ANY ? standing : standing.with(standing.jobs() - 1));
      }
      return deal.order();
    }
  }
}
