package io.junction.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiaryTest {

  @TempDir Path folder;

  @Test
  void a_job_that_was_killed_and_ran_again_is_in_order() {
    var diary = diary("1 1 start", "1 1 tick", "1 1 killed", "1 2 start", "1 2 tick", "1 2 end");

    assertThat(diary.overlapping()).isEmpty();
    assertThat(diary.repeated()).isEmpty();
    assertThat(diary.mostAtOnce(Set.of(1L))).isEqualTo(1);
  }

  @Test
  void an_attempt_that_writes_after_the_next_has_begun_overlaps() {
    assertThat(diary("1 1 start", "1 2 start", "1 1 tick").overlapping()).containsExactly(1L);
  }

  @Test
  void an_attempt_that_begins_twice_is_repeated() {
    assertThat(diary("1 1 start", "2 1 start", "1 1 start").repeated()).containsExactly(1L);
  }

  @Test
  void a_job_that_ends_in_two_attempts_is_repeated() {
    assertThat(diary("1 1 start", "1 1 end", "1 2 start", "1 2 end").repeated())
        .containsExactly(1L);
  }

  @Test
  void only_the_jobs_that_are_asked_for_are_counted() {
    var diary = diary("1 1 start", "2 1 start", "3 1 start", "1 1 end", "4 1 start", "2 1 end");

    assertThat(diary.mostAtOnce(Set.of(1L, 2L, 4L))).isEqualTo(2);
    assertThat(diary.mostAtOnce(Set.of(1L, 2L, 3L, 4L))).isEqualTo(3);
  }

  @Test
  void one_that_was_never_written_is_empty() {
    assertThat(Diary.read(folder.resolve("none")).entries()).isEmpty();
  }

  private Diary diary(String... lines) {
    try {
      return Diary.read(Files.writeString(folder.resolve("diary"), String.join("\n", lines)));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
