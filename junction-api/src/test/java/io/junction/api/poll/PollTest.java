package io.junction.api.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class PollTest {

  private final Room room = new Room(10);
  private final UUID worker = room.worker;
  private final Waiting answer = new Waiting();

  @Test
  void a_hint_while_the_heartbeat_is_applied_is_looked_at_before_the_poll_lies_down() {
    var poll = room.enter(1);
    room.hint(worker);

    poll.heard(System.nanoTime(), 1_000, true);
    poll.hold(answer, Room.LONG);

    assertThat(answer.looksUnderWay()).isEqualTo(1);
  }

  @Test
  void a_hint_wakes_a_poll_that_waits() {
    var waiting = room.sitDown(worker, 1);

    room.hint(worker);
    waiting.find("work");

    assertThat(waiting.said()).containsExactly("work");
    assertThat(room.parked()).isZero();
  }

  @Test
  void a_look_that_finds_nothing_lets_the_poll_lie_down_again() {
    var waiting = room.sitDown(worker, 1);

    room.hint(worker);
    waiting.findNothing();

    assertThat(waiting.said()).isEmpty();
    assertThat(room.parked()).isEqualTo(1);
    assertThat(waiting.looksUnderWay()).isZero();
  }

  @Test
  void hints_while_a_poll_looks_cause_one_more_look_afterwards() {
    var waiting = room.sitDown(worker, 1);
    room.hint(worker);

    room.hint(worker);
    room.hint(worker);
    assertThat(waiting.looksUnderWay()).isEqualTo(1);
    waiting.findNothing();
    assertThat(waiting.looksUnderWay()).isEqualTo(1);
    waiting.find("work");

    assertThat(waiting.said()).containsExactly("work");
  }

  @Test
  void the_end_of_its_time_waits_for_the_look_that_is_under_way() {
    var poll = room.enter(1);
    poll.hold(answer, Room.LONG);
    room.hint(worker);

    poll.end(Held.Ending.TIME);
    assertThat(answer.said()).isEmpty();
    answer.find("work");

    assertThat(answer.said()).containsExactly("work");
  }

  @Test
  void its_time_ends_it_when_the_look_found_nothing() {
    var poll = room.enter(1);
    poll.hold(answer, Room.LONG);
    room.hint(worker);

    poll.end(Held.Ending.TIME);
    answer.findNothing();

    assertThat(answer.said()).containsExactly("TIME");
  }

  @Test
  void a_newer_heartbeat_does_not_wait_for_the_look_of_the_older() {
    var older = room.sitDown(worker, 1);
    room.hint(worker);

    room.enter(2);
    older.find("work");

    assertThat(older.said()).containsExactly("SUPERSEDED");
    assertThat(room.parked()).isEqualTo(1);
  }

  @Test
  void an_overtaken_heartbeat_leaves_the_newer_one_alone() {
    var newer = room.sitDown(worker, 2);

    var late = room.seats.enter(worker, 1, true);
    var replayed = room.seats.pass(worker, 2);

    assertThat(late).isEqualTo(new Seats.Entry.Stale(2));
    assertThat(replayed).isEqualTo(new Seats.Entry.Stale(2));
    assertThat(newer.said()).isEmpty();
  }

  @Test
  void a_newer_heartbeat_ends_one_that_is_still_being_applied() {
    var older = room.enter(1);

    room.enter(2);
    older.heard(System.nanoTime(), 1_000, true);
    older.hold(answer, Room.LONG);

    assertThat(answer.said()).containsExactly("SUPERSEDED");
    assertThat(room.parked()).isEqualTo(1);
  }

  @Test
  void it_ends_by_itself_in_time() {
    var poll = room.enter(1);

    poll.hold(answer, Duration.ofMillis(1));

    Awaitility.await().until(() -> room.parked() == 0);
    assertThat(answer.said()).containsExactly("TIME");
  }

  @Test
  void a_stop_answers_all_and_holds_nobody_any_more() {
    var waiting = room.sitDown(worker, 1);
    var applying = room.enter(UUID.randomUUID(), 1, true);

    room.seats.stop();
    applying.hold(answer, Room.LONG);

    assertThat(waiting.said()).containsExactly("STOP");
    assertThat(answer.said()).containsExactly("STOP");
    assertThat(room.seats.enter(UUID.randomUUID(), 1, true)).isEqualTo(new Seats.Entry.Crowded());
  }

  @Test
  void one_that_is_not_held_gives_its_place_back() {
    room.enter(1).leave(false);

    assertThat(room.parked()).isZero();
    assertThat(room.seated()).isZero();
  }
}
