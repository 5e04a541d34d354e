package io.junction.dispatcher.notify.text;

import io.junction.common.subscription.BuildNews;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a build is called where people read; empty where nobody said. All of it on one line. */
public record BuildWords(BuildNews.Build build) {

  private static final int SHORT_COMMIT = 7;

  public String repository() {
    return plain(build.repository());
  }

  /** What it is counted by, or its id. */
  public String number() {
    return build.number() == null ? Long.toString(build.id()) : plain(build.number());
  }

  /** {@code owner/name#12}. */
  public String title() {
    return repository() + "#" + number();
  }

  public String branch() {
    return plain(build.branch());
  }

  public String commit() {
    var commit = plain(build.commit());
    return commit.length() > SHORT_COMMIT ? commit.substring(0, SHORT_COMMIT) : commit;
  }

  /** Who it counts for: nobody tells Junction who wrote the commit. */
  public String author() {
    return plain(build.owner());
  }

  public String messageLine() {
    return build.message() == null ? "" : Plain.firstLine(build.message());
  }

  public String url() {
    return plain(build.url());
  }

  public String pullRequestNumber() {
    return build.pullRequestNumber() == null ? "" : build.pullRequestNumber().toString();
  }

  /** The sum of its jobs' times. */
  public String duration() {
    return build.duration() == null ? "" : minutes(build.duration());
  }

  /** From its first start to its end. */
  public String elapsedTime() {
    return build.startedAt() == null || build.finishedAt() == null
        ? ""
        : minutes(Duration.between(build.startedAt(), build.finishedAt()).toSeconds());
  }

  private static String minutes(long seconds) {
    long counted = Math.max(0, seconds);
    return counted / 60 + " min " + counted % 60 + " sec";
  }

  private static String plain(@Nullable String text) {
    return text == null ? "" : Plain.oneLine(text);
  }
}
