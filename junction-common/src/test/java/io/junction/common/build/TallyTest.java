package io.junction.common.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.common.job.JobState;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Travis Hub's matrix: what the jobs of a build make of it. */
class TallyTest {

  @ParameterizedTest(name = "required ended {0} -> {1}")
  @CsvSource(
      textBlock =
          """
          '', passed
          passed, passed
          failed, failed
          errored, errored
          canceled, canceled
          passed failed, failed
          passed errored, errored
          passed canceled, canceled
          failed errored, errored
          failed canceled, canceled
          errored canceled, canceled
          passed failed errored canceled, canceled
          """)
  void the_worst_of_the_required_jobs_is_the_state(String ended, String state) {
    assertThat(new Tally(false, false, states(ended)).state()).isEqualTo(BuildState.of(state));
  }

  @ParameterizedTest(name = "left {0}, ended {1}, fast_finish {2} -> over {3}")
  @CsvSource(
      textBlock =
          """
          none,              passed, false, true
          none,              '',     false, true
          required,          passed, false, false
          required,          failed, true,  false
          optional,          passed, false, false
          optional,          failed, false, false
          optional,          passed, true,  true
          optional,          failed, true,  true
          optional,          '',     true,  false
          required optional, failed, true,  false
          """)
  void only_fast_finish_does_not_wait_for_jobs_that_may_fail(
      String left, String ended, boolean fastFinish, boolean over) {
    var tally = new Tally(left.contains("required"), left.contains("optional"), states(ended));
    assertThat(tally.isOver(fastFinish)).isEqualTo(over);
  }

  private static Set<JobState> states(String texts) {
    return Arrays.stream(texts.split(" ", -1))
        .filter(text -> !text.isEmpty())
        .map(JobState::of)
        .collect(Collectors.toSet());
  }
}
