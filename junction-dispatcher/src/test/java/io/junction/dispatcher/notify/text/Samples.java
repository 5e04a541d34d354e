package io.junction.dispatcher.notify.text;

import io.junction.common.subscription.BuildNews;
import io.junction.common.subscription.Target;
import io.junction.dispatcher.notify.Message;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** News of builds, ordinary and hostile ones. */
public final class Samples {

  public static final String COMMIT = "62aae5f70ceee39123ef6d2f0b0c0a3b9a1c2d4e";
  public static final UUID DELIVERY = UUID.fromString("0199d0a0-0000-7000-8000-000000000042");

  private Samples() {}

  public static Message message(Target target, BuildNews news) {
    return new Message(DELIVERY, target, news);
  }

  public static BuildNews passed() {
    return news(build("passed", "passed", "Keep the lamp lit\n\nIt was dark.", "main"));
  }

  public static BuildNews failed() {
    return news(build("failed", "passed", "Keep the lamp lit", "main"));
  }

  public static BuildNews started() {
    var build = build("started", null, "Keep the lamp lit", "main");
    return new BuildNews(
        "build:started", 7, 2, Instant.parse("2026-11-22T10:00:00Z"), build, List.of());
  }

  /** One whose every text is somebody's. */
  public static BuildNews saying(String text) {
    return news(build("failed", null, text, text));
  }

  public static BuildNews news(BuildNews.Build build) {
    var begin = Instant.parse("2026-11-22T10:00:00Z");
    var end = Instant.parse("2026-11-22T10:01:02Z");
    return new BuildNews(
        "build:finished",
        8,
        3,
        end,
        build,
        List.of(
            new BuildNews.JobNews(101, "12.1", "test", "passed", false, begin, end),
            new BuildNews.JobNews(102, "12.2", "test", build.state(), true, begin, end)));
  }

  public static BuildNews.Build build(
      String state, @Nullable String previous, String message, String branch) {
    boolean ended = !state.equals("started") && !state.equals("created");
    return new BuildNews.Build(
        42,
        "svenfuchs/minimal",
        "svenfuchs",
        branch,
        "12",
        COMMIT,
        message,
        "push",
        null,
        null,
        "https://ci.example.org/builds/42",
        state,
        previous,
        null,
        Instant.parse("2026-11-22T09:59:58Z"),
        Instant.parse("2026-11-22T10:00:00Z"),
        ended ? Instant.parse("2026-11-22T10:01:02Z") : null,
        ended ? 62L : null);
  }

  /** One of which nobody said anything. */
  public static BuildNews bare() {
    var at = Instant.parse("2026-11-22T10:01:02Z");
    var build =
        new BuildNews.Build(
            42, null, null, null, null, null, null, "api", null, null, null, "errored", null, null,
            null, null, null, null);
    return new BuildNews("build:finished", 8, 3, at, build, List.of());
  }

  /** One of a pull request. */
  public static BuildNews pullRequest() {
    var b = build("passed", null, "Keep the lamp lit", "main");
    return news(
        new BuildNews.Build(
            b.id(),
            b.repository(),
            b.owner(),
            b.branch(),
            b.number(),
            b.commit(),
            b.message(),
            "pull_request",
            5,
            "A lamp",
            b.url(),
            b.state(),
            null,
            null,
            b.createdAt(),
            b.startedAt(),
            b.finishedAt(),
            b.duration()));
  }
}
