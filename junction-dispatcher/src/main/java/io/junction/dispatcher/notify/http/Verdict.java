package io.junction.dispatcher.notify.http;

import io.junction.dispatcher.notify.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** What an HTTP reply says of a message: the same for all targets that take it by one request. */
public final class Verdict {

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofHours(1);

  private Verdict() {}

  /** 2xx has it, 3xx and 410 will never have it, all else may have it later. */
  public static Answer of(Reply reply) {
    return switch (reply) {
      case Reply.Answered answered -> of(answered);
      case Reply.Unreached unreached -> new Answer.Failed(unreached.reason(), null);
      case Reply.Forbidden forbidden -> new Answer.Refused(forbidden.reason());
    };
  }

  private static Answer of(Reply.Answered answered) {
    var words = "the target answered " + answered.status();
    if (answered.good()) {
      return new Answer.Delivered(words);
    }
    if (answered.status() >= 300 && answered.status() < 400) {
      return new Answer.Refused(words + ": redirects are not followed, subscribe where it leads");
    }
    if (answered.status() == 410) {
      return new Answer.Refused(words + ": it is gone");
    }
    return new Answer.Failed(words, retryAfter(answered));
  }

  /** When the target wants to be asked again, 1 s to 1 h; null when it does not say. */
  public static @Nullable Duration retryAfter(Reply.Answered answered) {
    var value = answered.header("retry-after");
    if (value == null) {
      return null;
    }
    if (value.matches("\\d{1,9}")) {
      return bounded(Duration.ofSeconds(Long.parseLong(value)));
    }
    var at = date(value);
    return at == null ? null : until(at, answered);
  }

  /**
   * How long it is until then, 1 s to 1 h, by the target's own clock; null when it does not show
   * that.
   */
  public static @Nullable Duration until(Instant then, Reply.Answered answered) {
    var date = answered.header("date");
    var now = date == null ? null : date(date);
    return now == null ? null : bounded(Duration.between(now, then));
  }

  private static Duration bounded(Duration duration) {
    if (duration.compareTo(SHORTEST) < 0) {
      return SHORTEST;
    }
    return duration.compareTo(LONGEST) > 0 ? LONGEST : duration;
  }

  private static @Nullable Instant date(String text) {
    try {
      return DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from);
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
