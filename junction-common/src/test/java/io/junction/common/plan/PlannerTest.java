package io.junction.common.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Properties over thousands of made-up queues; a failure names the seed of its snapshot. */
class PlannerTest {

  private static final int SNAPSHOTS = 10_000;
  private static final long SEED = Long.getLong("junction.seed", System.nanoTime());

  @Test
  void never_exceeds_capacity() {
    each(
        (snapshot, plan) -> {
          if (snapshot.capacity() != null && !plan.placements().isEmpty()) {
            assertThat(snapshot.live() + plan.placements().size())
                .isLessThanOrEqualTo(snapshot.capacity());
          }
          assertThat(snapshot.paused() && !plan.placements().isEmpty()).isFalse();
        });
  }

  @Test
  void never_places_a_job_twice() {
    each(
        (snapshot, plan) ->
            assertThat(plan.placements()).extracting(Placement::job).doesNotHaveDuplicates());
  }

  @Test
  void never_overfills_a_worker() {
    each(
        (snapshot, plan) -> {
          var given = given(plan);
          for (var slot : snapshot.slots()) {
            int more = given.getOrDefault(slot.worker(), 0);
            assertThat(more).isLessThanOrEqualTo(slot.free());
          }
          assertThat(snapshot.slots()).extracting(OpenSlot::worker).containsAll(given.keySet());
        });
  }

  @Test
  void older_goes_first() {
    each(
        (snapshot, plan) ->
            assertThat(plan.placements().stream().map(Placement::job))
                .containsExactlyElementsOf(snapshot.jobs().subList(0, plan.placements().size())));
  }

  @Test
  void leaves_no_slot_idle_while_a_job_fits() {
    each(
        (snapshot, plan) -> {
          assertThat(plan.placements()).hasSize(Math.min(snapshot.free(), snapshot.jobs().size()));
          assertThat(plan.waiting()).isEqualTo(snapshot.jobs().size() - plan.placements().size());
        });
  }

  @Test
  void spreads_over_the_least_loaded() {
    each(
        (snapshot, plan) -> {
          var busy = new HashMap<UUID, Integer>();
          snapshot.slots().forEach(slot -> busy.put(slot.worker(), slot.busy()));
          for (var placement : plan.placements()) {
            double chosen = loadOf(snapshot, busy, placement.worker());
            for (var slot : snapshot.slots()) {
              if (busy.getOrDefault(slot.worker(), 0) < slot.limit()) {
                assertThat(chosen).isLessThanOrEqualTo(loadOf(snapshot, busy, slot.worker()));
              }
            }
            busy.merge(placement.worker(), 1, Integer::sum);
          }
        });
  }

  @Test
  void a_thousand_jobs_spread_evenly_over_a_thousand_workers() {
    var slots =
        IntStream.range(0, 1_000).mapToObj(n -> new OpenSlot(new UUID(7, n), 0, 4)).toList();
    var jobs = LongStream.range(0, 1_000).mapToObj(id -> new QueuedJob(id, 1)).toList();
    var plan = Planner.plan(new QueueSnapshot("wide", null, false, 0, slots, jobs));
    assertThat(given(plan)).hasSize(1_000).containsValue(1).doesNotContainValue(2);
  }

  private static double loadOf(QueueSnapshot snapshot, Map<UUID, Integer> busy, UUID worker) {
    var slot =
        snapshot.slots().stream().filter(s -> s.worker().equals(worker)).findFirst().orElseThrow();
    return (double) busy.getOrDefault(worker, 0) / slot.limit();
  }

  private static Map<UUID, Integer> given(Plan plan) {
    var given = new HashMap<UUID, Integer>();
    plan.placements().forEach(placement -> given.merge(placement.worker(), 1, Integer::sum));
    return given;
  }

  private static void each(BiConsumer<QueueSnapshot, Plan> property) {
    for (long seed = SEED; seed < SEED + SNAPSHOTS; seed++) {
      var snapshot = snapshot(seed);
      try {
        property.accept(snapshot, Planner.plan(snapshot));
      } catch (AssertionError broken) {
        throw new AssertionError("-Djunction.seed=" + seed + " gives " + snapshot, broken);
      }
    }
  }

  private static QueueSnapshot snapshot(long seed) {
    var random = new Random(seed);
    List<OpenSlot> slots = new ArrayList<>();
    int live = random.nextInt(4);
    for (int n = random.nextInt(6); n > 0; n--) {
      var max = random.nextInt(5) == 0 ? null : Integer.valueOf(1 + random.nextInt(5));
      int busy = random.nextInt(7);
      live += busy;
      slots.add(new OpenSlot(new UUID(random.nextLong(), n), busy, max));
    }
    var capacity = random.nextInt(3) == 0 ? null : Integer.valueOf(random.nextInt(20));
    var jobs =
        LongStream.range(0, random.nextInt(25)).mapToObj(id -> new QueuedJob(id, 1)).toList();
    return new QueueSnapshot("any", capacity, random.nextInt(10) == 0, live, slots, jobs);
  }
}
