package io.junction.common.subscription;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a message tells: an event of a build, and the build as it was then.
 *
 * @param kind {@code build:started}, {@code build:finished}, {@code build:canceled}, …
 * @param version of the build; rises with each of its events
 * @param at when the change was made, by the database's clock
 * @param jobs as they are when the message is made, by their numbers
 */
public record BuildNews(
    String kind, long event, int version, Instant at, Build build, List<JobNews> jobs) {

  public BuildNews {
    jobs = List.copyOf(jobs);
  }

  /**
   * The build as it was when the event was written; {@code snapshot(builds)} in SQL.
   *
   * @param repository {@code owner/name} as a rule
   * @param eventType {@code push}, {@code pull_request}, {@code api}, {@code cron}
   * @param state {@code created}, {@code started}, {@code passed}, {@code failed}, {@code errored},
   *     {@code canceled}
   * @param previousState how the build before it on its branch ended; null when there was none
   * @param duration seconds
   * @param url where a reader finds the build
   */
  public record Build(
      long id,
      @Nullable String repository,
      @Nullable String owner,
      @Nullable String branch,
      @Nullable String number,
      @Nullable String commit,
      @Nullable String message,
      String eventType,
      @Nullable Integer pullRequestNumber,
      @Nullable String pullRequestTitle,
      @Nullable String url,
      String state,
      @Nullable String previousState,
      @Nullable String reason,
      @Nullable Instant createdAt,
      @Nullable Instant startedAt,
      @Nullable Instant finishedAt,
      @Nullable Long duration) {

    public boolean isPullRequest() {
      return eventType.equals("pull_request");
    }
  }

  /** One of the build's jobs. */
  public record JobNews(
      long id,
      @Nullable String number,
      @Nullable String stage,
      String state,
      boolean allowFailure,
      @Nullable Instant startedAt,
      @Nullable Instant finishedAt) {}
}
