package io.junction.dispatcher.notify.github;

import io.junction.dispatcher.notify.Answer;
import io.junction.dispatcher.notify.http.Reply;
import io.junction.dispatcher.notify.http.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What GitHub's answers say of a message, its limits among them. */
final class GitHubAnswers {

  /** Its advice for a secondary limit that names no time. */
  private static final Duration A_WHILE = Duration.ofMinutes(1);

  private GitHubAnswers() {}

  static Answer of(Reply reply) {
    return reply instanceof Reply.Answered answered ? of(answered) : Verdict.of(reply);
  }

  private static Answer of(Reply.Answered answered) {
    return switch (answered.status()) {
      case 401 -> new Answer.Failed("GitHub does not know the token (401)", null);
      case 403, 429 -> limited(answered);
      case 404 -> new Answer.Failed("no such repository, or the token may not see it (404)", null);
      case 422 ->
          new Answer.Refused("GitHub does not take it (422): no such commit, or too many of them");
      default -> Verdict.of(answered);
    };
  }

  private static Answer limited(Reply.Answered answered) {
    var after = after(answered);
    return after == null
        ? new Answer.Failed("the token may not write there (403)", null)
        : new Answer.Failed("GitHub's rate limit is reached (" + answered.status() + ")", after);
  }

  /** By its own rules: Retry-After first, then the reset of a spent limit, then a minute. */
  private static @Nullable Duration after(Reply.Answered answered) {
    var retryAfter = Verdict.retryAfter(answered);
    if (retryAfter != null) {
      return retryAfter;
    }
    var reset = answered.header("x-ratelimit-reset");
    if ("0".equals(answered.header("x-ratelimit-remaining"))
        && reset != null
        && reset.matches("\\d{1,11}")) {
      var until = Verdict.until(Instant.ofEpochSecond(Long.parseLong(reset)), answered);
      return until == null ? A_WHILE : until;
    }
    boolean secondary = answered.body().toLowerCase(Locale.ROOT).contains("rate limit");
    return answered.status() == 429 || secondary ? A_WHILE : null;
  }
}
