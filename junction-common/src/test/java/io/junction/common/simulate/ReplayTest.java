package io.junction.common.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.common.limit.Asking;
import io.junction.common.limit.LimitProperties;
import io.junction.common.limit.Limits;
import io.junction.common.simulate.Conditions.QueueRoom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** For how long jobs wait in small worlds that were worked out by hand, and in large ones. */
class ReplayTest {

  private static final long SEED = Long.getLong("junction.seed", System.nanoTime());
  private static final long UNTIL = 1_000_000;

  private final List<PastJob> jobs = new ArrayList<>();

  /** Six jobs come at 0 and run for 10; of two at a time the last pair waits for 20. */
  @Test
  void half_the_limit_makes_who_comes_later_wait_for_who_came_before() {
    for (int id = 1; id <= 6; id++) {
      came(id, 0, 10);
    }
    assertThat(waits(owner(6), 100)).isEqualTo("1=0 2=0 3=0 4=0 5=0 6=0");
    assertThat(waits(owner(3), 100)).isEqualTo("1=0 2=0 3=0 4=10 5=10 6=10");
    assertThat(waits(owner(2), 100)).isEqualTo("1=0 2=0 3=10 4=10 5=20 6=20");
    assertThat(waits(owner(-1), 2)).as("two slots").isEqualTo("1=0 2=0 3=10 4=10 5=20 6=20");
  }

  @Test
  void each_ran_for_as_long_as_it_did_and_came_when_it_came() {
    came(1, 0, 30);
    came(2, 5, 10);
    came(3, 12, 1);
    came(4, 100, 7);
    assertThat(waits(owner(1), 100)).isEqualTo("1=0 2=25 3=28 4=0");
  }

  @Test
  void the_higher_priority_goes_first_at_the_limit_and_in_the_line() {
    came(1, 0, 10);
    add(asking(2, 0, null, 1), 0, 0, 0, 10);
    add(asking(3, 9, null, 1), 0, 0, 0, 10);
    assertThat(waits(owner(1), 100)).isEqualTo("1=10 2=20 3=0");
    assertThat(waits(owner(-1), 1)).isEqualTo("1=10 2=20 3=0");
  }

  @Test
  void of_a_concurrency_group_one_runs_at_a_time_the_oldest_first() {
    add(asking(1, 0, "deploy", 1), 0, 0, 0, 10);
    add(asking(2, 0, "deploy", 1), 0, 0, 1, 10);
    add(asking(3, 9, "deploy", 1), 0, 0, 2, 10);
    came(4, 3, 10);
    assertThat(waits(owner(-1), 100)).isEqualTo("1=0 2=9 3=18 4=0");
  }

  /** The second stage asks at 20, when both of the first have ended, one after the other. */
  @Test
  void a_stage_waits_for_the_one_before_it_and_its_jobs_ask_only_then() {
    add(asking(1, 0, null, 1), 7, 1, 0, 10);
    add(asking(2, 0, null, 1), 7, 1, 0, 10);
    add(asking(3, 0, null, 1), 7, 2, 0, 10);
    add(asking(4, 0, null, 1), 7, 2, 0, 10);
    assertThat(waits(owner(1), 100)).isEqualTo("1=0 2=10 3=0 4=10");
    assertThat(waits(owner(2), 100)).isEqualTo("1=0 2=0 3=0 4=0");
  }

  @Test
  void what_ran_at_the_beginning_takes_its_place_and_what_waited_has_waited() {
    jobs.add(new PastJob(asking(1, 0, null, 1), 0, 0, -50, -50L, -40L, 15L));
    jobs.add(new PastJob(asking(2, 0, null, 1), 0, 0, -30, -30L, 15L, 25L));
    assertThat(waits(owner(1), 100)).isEqualTo("2=45");
    assertThat(waits(owner(2), 100)).isEqualTo("2=30");
  }

  /** Of 10, 20 and 30 the median is 20; the one that runs since 40 did so for 60 at least. */
  @Test
  void what_has_not_ended_runs_for_the_median_of_its_queue() {
    came(1, 0, 10);
    came(2, 0, 20);
    came(3, 0, 30);
    var runTimes = new RunTimes(jobs, 100);
    assertThat(runTimes.of(new PastJob(asking(4, 0, null, 1), 0, 0, 0, 0L, null, null)))
        .isEqualTo(20);
    assertThat(runTimes.of(new PastJob(asking(5, 0, null, 1), 0, 0, 0, 0L, 40L, null)))
        .isEqualTo(60);
    assertThat(runTimes.of(new PastJob(asking(6, 0, null, 1), 0, 0, 0, 0L, 95L, null)))
        .isEqualTo(20);
  }

  @Test
  void whom_nothing_lets_in_never_waits_to_an_end() {
    came(1, 0, 10);
    assertThat(waits(owner(0), 100)).isEmpty();
    assertThat(waits(owner(1), 0)).isEmpty();
    assertThat(Waits.replayed(List.of(), 1)).isEqualTo(new Waits(null, null, null, 1));
    assertThat(Waits.replayed(List.of(5L, 1L, 3L), 2)).isEqualTo(new Waits(5L, null, null, 2));
    assertThat(Waits.measured(List.of(5L, 1L, 3L), 2)).isEqualTo(new Waits(3L, 5L, 5L, 2));
  }

  @Test
  void the_most_that_ran_at_a_time_are_counted_by_queue() {
    came(1, 0, 10);
    came(2, 5, 10);
    came(3, 10, 0);
    came(4, 10, 10);
    assertThat(Peaks.of(jobs, UNTIL)).isEqualTo(Map.of("q", 3));
  }

  @Test
  void the_order_in_which_the_jobs_are_given_changes_nothing() {
    var random = new Random(SEED);
    for (int id = 1; id <= 300; id++) {
      var group = id % 5 == 0 ? "group-" + id % 3 : null;
      add(asking(id, id % 3, group, 1), id % 7, id % 2, random.nextInt(200), random.nextInt(40));
    }
    var before = waits(owner(5), 4);
    Collections.shuffle(jobs, random);
    assertThat(waits(owner(5), 4)).as("seed %d", SEED).isEqualTo(before).isNotEmpty();
  }

  /** All are one owner's, in one queue, as they come: then more at a time is never worse. */
  @Test
  void a_higher_limit_makes_nobody_wait_longer_where_all_stand_in_one_line() {
    for (int world = 0; world < 200; world++) {
      long seed = SEED + world;
      var random = new Random(seed);
      jobs.clear();
      for (int id = 1; id <= 40; id++) {
        came(id, 3L * id, random.nextInt(60));
      }
      int max = 1 + random.nextInt(6);
      var few = outcome(owner(max), 100).waits();
      var more = outcome(owner(max + 1), 100).waits();
      assertThat(few).hasSize(40);
      few.forEach(
          (id, wait) -> assertThat(more.get(id)).as("seed %d", seed).isLessThanOrEqualTo(wait));
    }
  }

  /** Each in a group of its own, so that each is a lane; the repository lets five run. */
  @Test
  void a_replay_takes_a_few_looks_for_each_job_whatever_waits() {
    int many = 20_000;
    for (int id = 1; id <= many; id++) {
      var repository = id % 2 == 0 ? "a/b" : null;
      var job = new Asking(id, 0, "acme", repository, "group-" + id, 1, "q", false);
      add(job, 0, 0, id / 10, 100);
    }
    var limits = new Limits(defaults(20), Map.of(), Map.of(), Map.of("a/b", 5));
    var outcome = outcome(limits, 15);
    assertThat(outcome.waits()).hasSize(many);
    assertThat(outcome.looks()).isLessThan(3L * many);
  }

  private void came(long id, long at, long ran) {
    add(asking(id, 0, null, 1), 0, 0, at, ran);
  }

  private void add(Asking job, long build, int stage, long at, long ran) {
    jobs.add(new PastJob(job, build, stage, at, at, at, at + ran));
  }

  private static Asking asking(long id, int priority, @Nullable String group, int groupMax) {
    return new Asking(id, priority, "acme", null, group, groupMax, "q", false);
  }

  private static LimitProperties defaults(int owner) {
    return new LimitProperties(owner, 0, Map.of());
  }

  private static Limits owner(int max) {
    return new Limits(defaults(max), Map.of(), Map.of(), Map.of());
  }

  private Replay.Outcome outcome(Limits limits, int slots) {
    return Replay.run(
        jobs,
        new RunTimes(jobs, UNTIL),
        new Conditions(limits, Map.of("q", new QueueRoom(null, slots))));
  }

  private String waits(Limits limits, int slots) {
    var waits = outcome(limits, slots).waits();
    return String.join(
        " ", waits.keySet().stream().sorted().map(id -> id + "=" + waits.get(id)).toList());
  }
}
