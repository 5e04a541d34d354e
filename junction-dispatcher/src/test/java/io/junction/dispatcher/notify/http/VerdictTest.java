package io.junction.dispatcher.notify.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.dispatcher.notify.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {

  private static final String DATE = "Sun, 22 Nov 2026 10:00:00 GMT";

  @ParameterizedTest
  @CsvSource({
    "200, Delivered",
    "201, Delivered",
    "204, Delivered",
    "299, Delivered",
    "301, Refused",
    "302, Refused",
    "304, Refused",
    "308, Refused",
    "410, Refused",
    "400, Failed",
    "401, Failed",
    "403, Failed",
    "404, Failed",
    "409, Failed",
    "429, Failed",
    "500, Failed",
    "502, Failed",
    "503, Failed",
    "100, Failed",
  })
  void a_status_says_what_became_of_a_message(int status, String verdict) {
    var answer = Verdict.of(new Reply.Answered(status, Map.of(), ""));
    assertThat(answer.getClass().getSimpleName()).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "0; PT1S",
        "7; PT7S",
        "3600; PT1H",
        "86400; PT1H",
        "Sun, 22 Nov 2026 10:02:00 GMT; PT2M",
        "Sun, 22 Nov 2026 09:00:00 GMT; PT1S",
        "Mon, 23 Nov 2026 10:00:00 GMT; PT1H",
        "-1; ",
        "soon; ",
        "99999999999999999999; ",
      })
  void retry_after_is_seconds_or_a_date_between_a_second_and_an_hour(
      String header, Duration after) {
    var headers = Map.of("retry-after", header, "date", DATE);
    assertThat(Verdict.of(new Reply.Answered(503, headers, "")))
        .isEqualTo(new Answer.Failed("the target answered 503", after));
  }

  @Test
  void a_date_says_nothing_without_the_targets_own() {
    var answered = new Reply.Answered(503, Map.of("retry-after", DATE), "");
    assertThat(Verdict.retryAfter(answered)).isNull();
    assertThat(Verdict.until(Instant.EPOCH, answered)).isNull();
  }

  @Test
  void who_was_not_reached_is_asked_again_and_who_may_not_be_is_not() {
    assertThat(Verdict.of(new Reply.Unreached("why"))).isEqualTo(new Answer.Failed("why", null));
    assertThat(Verdict.of(new Reply.Forbidden("why"))).isEqualTo(new Answer.Refused("why"));
  }
}
