package io.junction.common.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.common.limit.World.OwnerQueue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which jobs are let in, given what runs, what asks, and the limits. */
class LimitPlannerTest {

  private final List<Asking> asking = new ArrayList<>();
  private final Map<String, Account> accounts = new HashMap<>();
  private final Map<String, Room> repositories = new HashMap<>();
  private final Map<OwnerQueue, Room> queues = new HashMap<>();
  private final Map<String, Integer> groups = new HashMap<>();

  /** Five jobs ask, of which the second and the fourth are public. */
  @ParameterizedTest(
      name = "public {0} boost {1} configured {2} plan {3}, {4} run, {5} public: {6}")
  @CsvSource({
    "0,  0, 20,  0,  0, 0, 1 2 3 4 5",
    "0,  0,  2,  0,  0, 0, 1 2",
    "0,  0,  2,  0,  1, 0, 1",
    "0,  0,  2,  0,  2, 0, ''",
    "0,  0,  2,  0,  9, 0, ''",
    "0,  0,  0,  0,  0, 0, ''",
    "0,  0, -1,  0, 99, 0, 1 2 3 4 5",
    "0,  1,  2,  0,  2, 0, 1",
    "0,  0,  1,  2,  0, 0, 1 2 3",
    "0,  0,  0, -1,  9, 0, 1 2 3 4 5",
    "3,  0,  0,  0,  0, 0, 2 4",
    "3,  0,  0,  0,  2, 2, 2",
    "3,  0,  1,  0,  0, 0, 1 2 4",
    "3,  0,  1,  0,  4, 4, ''",
    "3,  0,  2,  0,  4, 4, 1",
    "3,  0,  2,  0,  4, 1, 2 4",
    "3,  1,  1,  0,  3, 2, 1 2",
    "-1, 0,  0,  0,  9, 9, 2 4",
    "-1, 0,  1,  0,  9, 9, 1 2 4",
  })
  void capacities_add_up_and_what_runs_is_subtracted_in_their_order(
      int ofPublic,
      int boost,
      int configured,
      int plan,
      int running,
      int runningPublic,
      String admitted) {
    for (int id = 1; id <= 5; id++) {
      asking.add(new Asking(id, 0, "acme", null, null, 1, "q", id % 2 == 0));
    }
    var capacity = new Capacity(ofPublic, boost, configured, plan);
    accounts.put("acme", capacity.account("acme", running, runningPublic));
    assertThat(admitted()).isEqualTo(admitted);
  }

  @Test
  void the_higher_priority_goes_first_then_the_older() {
    limit("acme", 3);
    ask(1, -5, "acme");
    ask(2, 0, "acme");
    ask(3, 5, "acme");
    ask(4, 5, "acme");
    assertThat(admitted()).isEqualTo("3 4 2");
  }

  @Test
  void owners_who_share_a_limit_take_from_the_same() {
    var shared = new Capacity(0, 0, 3, 0).account("acme", 1, 0);
    accounts.put("acme", shared);
    accounts.put("bolt", shared);
    ask(1, 0, "acme");
    ask(2, 0, "bolt");
    ask(3, 0, "acme");
    ask(4, 0, "free");
    assertThat(admitted()).isEqualTo("1 2 4");
  }

  @Test
  void a_job_that_is_bound_holds_nobody_else_up() {
    limit("acme", 2);
    repositories.put("acme/app", new Room(1, 1));
    asking.add(new Asking(1, 9, "acme", "acme/app", null, 1, "q", false));
    ask(2, 0, "acme");
    ask(3, 0, "acme");
    var plan = plan();
    assertThat(plan.admitted()).containsExactly(2L, 3L);
    assertThat(plan.bound())
        .containsExactly(Map.entry(1L, new Binding(Binding.Kind.REPOSITORY, "acme/app", 1, 1)));
  }

  /** Scheduler counted what it had let in of all limited repositories for each of them. */
  @Test
  void each_repository_is_counted_by_itself() {
    repositories.put("acme/a", new Room(0, 2));
    repositories.put("acme/b", new Room(0, 2));
    for (int id = 1; id <= 6; id++) {
      var repository = id % 2 == 0 ? "acme/a" : "acme/b";
      asking.add(new Asking(id, 0, "acme", repository, null, 1, "q", false));
    }
    assertThat(admitted()).isEqualTo("1 2 3 4");
  }

  @Test
  void an_owner_may_be_limited_in_one_queue() {
    queues.put(new OwnerQueue("acme", "macs"), new Room(0, 1));
    asking.add(new Asking(1, 0, "acme", null, null, 1, "macs", false));
    asking.add(new Asking(2, 0, "acme", null, null, 1, "macs", false));
    asking.add(new Asking(3, 0, "acme", null, null, 1, "linux", false));
    asking.add(new Asking(4, 0, "bolt", null, null, 1, "macs", false));
    assertThat(admitted()).isEqualTo("1 3 4");
  }

  @Test
  void of_a_concurrency_group_the_oldest_goes_first_whatever_the_priorities() {
    inGroup(1, 0, "acme", "deploy", 1);
    inGroup(2, 9, "bolt", "deploy", 1);
    assertThat(admitted()).isEqualTo("1");
  }

  @Test
  void the_oldest_of_a_group_that_is_bound_otherwise_leaves_the_place_to_the_next() {
    limit("acme", 0);
    inGroup(1, 0, "acme", "deploy", 1);
    inGroup(2, 0, "bolt", "deploy", 1);
    inGroup(3, 0, "bolt", "deploy", 1);
    var plan = plan();
    assertThat(plan.admitted()).containsExactly(2L);
    assertThat(plan.bound())
        .containsEntry(1L, new Binding(Binding.Kind.OWNER, "acme", 0, 0))
        .containsEntry(3L, new Binding(Binding.Kind.CONCURRENCY_GROUP, "deploy", 1, 1));
  }

  @Test
  void each_job_says_beside_how_many_of_its_group_it_may_run() {
    groups.put("deploy", 1);
    inGroup(1, 0, "acme", "deploy", 1);
    inGroup(2, 0, "acme", "deploy", 3);
    inGroup(3, 0, "acme", "deploy", 3);
    inGroup(4, 0, "acme", "deploy", 3);
    assertThat(admitted()).isEqualTo("2 3");
  }

  private void limit(String owner, int max) {
    accounts.put(owner, new Capacity(0, 0, max, 0).account(owner, 0, 0));
  }

  private void ask(long id, int priority, String owner) {
    asking.add(new Asking(id, priority, owner, null, null, 1, "q", false));
  }

  private void inGroup(long id, int priority, String owner, @Nullable String group, int max) {
    asking.add(new Asking(id, priority, owner, null, group, max, "q", false));
  }

  private LimitPlanner.Plan plan() {
    return LimitPlanner.plan(new World(asking, accounts, repositories, queues, groups));
  }

  private String admitted() {
    return String.join(" ", plan().admitted().stream().map(String::valueOf).toList());
  }
}
