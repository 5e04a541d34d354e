package io.junction.api.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SnapshotTest {

  /** The database lists only those below its xmax; those up to the next are under way, too. */
  @Test
  void who_began_behind_the_last_that_has_ended_is_open_as_well() {
    assertThat(Snapshot.of("10:20:10,15", 0)).isEqualTo(new Snapshot(20, List.of(10L, 15L)));
    assertThat(Snapshot.of("20:20:", 0)).isEqualTo(new Snapshot(20, List.of()));
    assertThat(Snapshot.of("10:20:10", 2)).isEqualTo(new Snapshot(22, List.of(10L, 20L, 21L)));
  }

  @Test
  void it_sees_those_below_its_next_that_are_not_open() {
    var snapshot = new Snapshot(20, List.of(10L, 15L));
    assertThat(List.of(9L, 11L, 19L)).allMatch(snapshot::sees);
    assertThat(List.of(10L, 15L, 20L, 21L)).noneMatch(snapshot::sees);
  }

  @Test
  void a_later_one_says_who_has_ended_since() {
    var before = new Snapshot(20, List.of(10L, 15L, 19L));
    assertThat(before.endedBy(before)).isEmpty();
    assertThat(before.endedBy(new Snapshot(30, List.of(15L, 25L)))).containsExactly(10L, 19L);
  }

  @Test
  void more_open_ones_than_a_cursor_has_room_for_make_none() {
    assertThat(Snapshot.of("10:20:10", 249)).isNotNull();
    assertThat(Snapshot.of("10:20:10", 250)).isNull();
    assertThat(Snapshot.of("20:20:", Integer.MAX_VALUE)).isNull();
  }

  @Test
  void the_database_reads_it_in_its_own_form() {
    assertThat(new Snapshot(20, List.of(10L, 15L)).text()).isEqualTo("10:20:10,15");
    assertThat(new Snapshot(20, List.of()).text()).isEqualTo("20:20:");
  }
}
