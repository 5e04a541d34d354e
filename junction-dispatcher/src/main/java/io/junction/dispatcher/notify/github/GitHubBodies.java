package io.junction.dispatcher.notify.github;

import io.junction.common.subscription.BuildNews;
import io.junction.dispatcher.notify.text.BuildWords;
import io.junction.dispatcher.notify.text.Plain;
import io.junction.dispatcher.notify.text.Result;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What GitHub is told of a build. */
final class GitHubBodies {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int LONGEST_DESCRIPTION = 140;

  /** GitHub takes more, but a search brings several of them at once, and is read up to 64 KiB. */
  private static final int LONGEST_SUMMARY = 6_000;

  private static final int MOST_JOBS = 200;

  private GitHubBodies() {}

  static ObjectNode status(BuildNews news, String context) {
    var body = JSON.createObjectNode();
    body.put("state", state(news.build().state()));
    if (news.build().url() != null) {
      body.put("target_url", news.build().url());
    }
    body.put("description", Plain.cut(sentence(news.build()), LONGEST_DESCRIPTION));
    body.put("context", context);
    return body;
  }

  private static String state(String state) {
    return switch (state) {
      case "passed" -> "success";
      case "failed" -> "failure";
      case "errored", "canceled" -> "error";
      default -> "pending";
    };
  }

  private static String sentence(BuildNews.Build build) {
    var duration = new BuildWords(build).duration();
    return Result.of(build).sentence() + (duration.isEmpty() ? "" : " It took " + duration + ".");
  }

  static ObjectNode checkRun(BuildNews news, String name, String commit) {
    var build = news.build();
    var body = JSON.createObjectNode();
    body.put("name", name);
    body.put("head_sha", commit);
    body.put("external_id", Long.toString(build.id()));
    if (build.url() != null) {
      body.put("details_url", build.url());
    }
    time(body, "started_at", build.startedAt());
    var conclusion = conclusion(build.state());
    if (conclusion == null) {
      body.put("status", build.state().equals("started") ? "in_progress" : "queued");
    } else {
      body.put("status", "completed");
      body.put("conclusion", conclusion);
      time(body, "completed_at", build.finishedAt());
    }
    var output = body.putObject("output");
    output.put("title", "Build #" + new BuildWords(build).number() + " " + build.state());
    output.put("summary", Plain.cut(summary(news), LONGEST_SUMMARY));
    return body;
  }

  private static @Nullable String conclusion(String state) {
    return switch (state) {
      case "passed" -> "success";
      case "failed", "errored" -> "failure";
      case "canceled" -> "cancelled";
      default -> null;
    };
  }

  /** GitHub knows no parts of seconds. */
  private static void time(ObjectNode body, String name, @Nullable Instant at) {
    if (at != null) {
      body.put(name, at.truncatedTo(ChronoUnit.SECONDS).toString());
    }
  }

  /** Markdown: a sentence, why it ended so, and a line for each job. */
  private static String summary(BuildNews news) {
    var text = new StringBuilder(sentence(news.build()));
    if (news.build().reason() != null) {
      text.append("\n\n").append(code(news.build().reason()));
    }
    text.append(news.jobs().isEmpty() ? "" : "\n");
    for (var job : news.jobs().stream().limit(MOST_JOBS).toList()) {
      var number = job.number() == null ? Long.toString(job.id()) : job.number();
      text.append("\n- ").append(code(number));
      text.append(job.stage() == null ? "" : " in " + code(job.stage()));
      text.append(": ").append(job.state());
      text.append(job.allowFailure() ? " (allowed to fail)" : "");
    }
    int more = news.jobs().size() - MOST_JOBS;
    return more > 0
        ? text.append("\n- and ").append(more).append(" more").toString()
        : text.toString();
  }

  /** As code, in which nothing is markup but what ends it. */
  private static String code(String text) {
    return "`" + Plain.oneLine(text).replace('`', '\'') + "`";
  }
}
