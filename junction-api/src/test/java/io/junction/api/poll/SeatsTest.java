package io.junction.api.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.junction.common.hint.Hint;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SeatsTest {

  private final Room room = new Room(3);
  private final UUID worker = room.worker;

  @Test
  void the_next_idle_heartbeat_is_held_without_being_applied() {
    room.sitDownAndLeave(worker, 1);

    assertThat(room.enter(2).isSeated()).isTrue();
  }

  @Test
  void a_first_heartbeat_is_applied() {
    assertThat(room.enter(1).isSeated()).isFalse();
  }

  @Test
  void a_hint_between_two_polls_has_the_next_heartbeat_applied() {
    room.sitDownAndLeave(worker, 1);

    room.hint(worker);

    assertThat(room.enter(2).isSeated()).isFalse();
  }

  @Test
  void a_heartbeat_that_ends_a_look_is_applied_since_nobody_hears_what_that_found() {
    room.sitDown(worker, 1);

    room.hint(worker);

    assertThat(room.enter(2).isSeated()).isFalse();
  }

  @Test
  void a_hint_that_came_during_the_last_look_has_the_next_heartbeat_applied() {
    var poll = room.enter(1);
    var answer = new Waiting();
    poll.heard(System.nanoTime(), 1_000, true);
    poll.hold(answer, Room.LONG);
    room.hint(worker);
    room.hint(worker);

    poll.end(Held.Ending.TIME);
    answer.findNothing();

    assertThat(room.enter(2).isSeated()).isFalse();
  }

  @Test
  void a_heartbeat_with_news_has_the_next_one_applied_too() {
    room.sitDownAndLeave(worker, 1);

    room.enter(worker, 2, false).leave(false);

    assertThat(room.enter(3).isSeated()).isFalse();
  }

  @Test
  void a_heartbeat_that_is_not_to_be_held_gives_the_seat_up() {
    var held = room.sitDown(worker, 1);

    room.seats.pass(worker, 2);

    assertThat(held.said()).containsExactly("SUPERSEDED");
    assertThat(room.seated()).isZero();
  }

  @Test
  void one_that_was_told_something_gives_the_seat_up() {
    var held = room.sitDown(worker, 1);

    room.hint(worker);
    held.find("work");

    assertThat(room.seated()).isZero();
  }

  @Test
  void a_heartbeat_that_was_applied_after_a_newer_one_came_settles_nothing() {
    var older = room.enter(1);
    room.seats.pass(worker, 2);

    older.heard(System.nanoTime(), 1_000, true);
    older.hold(new Waiting(), Room.LONG);

    assertThat(room.seated()).isZero();
  }

  @Test
  void the_most_that_are_held_is_bounded() {
    room.sitDown(worker, 1);
    room.sitDown(UUID.randomUUID(), 1);
    room.sitDown(UUID.randomUUID(), 1);

    var crowded = room.seats.enter(UUID.randomUUID(), 1, true);

    assertThat(crowded).isEqualTo(new Seats.Entry.Crowded());
    assertThat(room.parked()).isEqualTo(3);
    assertThat(room.enter(2).isSeated()).as("a place is kept for its own next poll").isTrue();
  }

  @Test
  void the_seats_that_are_remembered_are_bounded() {
    for (int i = 0; i < 20; i++) {
      room.sitDownAndLeave(UUID.randomUUID(), 1);
    }

    assertThat(room.seated()).isEqualTo(6);
  }

  @Test
  void who_stays_away_is_forgotten_and_who_sits_there_is_not() {
    room.sitDownAndLeave(worker, 1);
    room.sitDown(UUID.randomUUID(), 1);

    room.seats.forgetAwaySince(System.nanoTime());

    assertThat(room.seated()).isEqualTo(1);
  }

  @Test
  void the_roll_call_asks_for_who_sits_there_or_did_so_since_the_last_one() {
    var sitting = UUID.randomUUID();
    var cameBy = UUID.randomUUID();
    room.sitDown(sitting, 7);
    room.sitDownAndLeave(worker, 1);
    room.sitDownAndLeave(cameBy, 1);
    var second = room.enter(cameBy, 2, true);
    second.hold(new Waiting(), Room.LONG);
    second.end(Held.Ending.TIME);

    assertThat(room.seats.present())
        .extracting(Seats.Present::worker, Seats.Present::seq)
        .containsExactlyInAnyOrder(tuple(sitting, 7L), tuple(cameBy, 2L));
    room.seats.present().forEach(one -> one.seat().noted(one.seq(), System.nanoTime()));
    assertThat(room.seats.present()).extracting(Seats.Present::worker).containsExactly(sitting);
  }

  @Test
  void hints_that_may_have_been_missed_mark_who_is_away_and_wake_the_busy() {
    room.sitDownAndLeave(worker, 1);
    var busy = room.enter(UUID.randomUUID(), 1, false);
    var answer = new Waiting();
    busy.heard(System.nanoTime(), 1_000, false);
    busy.hold(answer, Room.LONG);

    room.seats.hear(new Hint.Unknown());

    assertThat(room.enter(2).isSeated()).isFalse();
    assertThat(answer.looksUnderWay()).isEqualTo(1);
  }

  @Test
  void all_who_sit_there_can_be_sent_the_ordinary_way() {
    var held = room.sitDown(worker, 1);

    room.seats.dismiss();

    assertThat(held.said()).containsExactly("TIME");
    assertThat(room.enter(2).isSeated()).isFalse();
  }
}
