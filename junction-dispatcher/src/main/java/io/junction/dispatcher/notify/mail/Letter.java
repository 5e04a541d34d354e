package io.junction.dispatcher.notify.mail;

import io.junction.common.subscription.BuildNews;
import io.junction.dispatcher.notify.text.BuildWords;
import io.junction.dispatcher.notify.text.Plain;
import io.junction.dispatcher.notify.text.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.web.util.HtmlUtils;

/**
 * The words of a mail.
 *
 * @param subject on one line
 * @param html nothing of the build in it is markup
 */
record Letter(String subject, String text, String html) {

  private static final int LONGEST_SUBJECT = 200;
  private static final int LONGEST_MESSAGE = 2_000;
  private static final int MOST_JOBS = 50;

  private record Row(String name, String value) {}

  static Letter of(BuildNews news) {
    var words = new BuildWords(news.build());
    var result = Result.of(news.build());
    var rows = rows(news, words, result);
    return new Letter(
        Plain.cut(result.word() + ": " + words.title() + origin(words), LONGEST_SUBJECT),
        text(words, rows),
        html(words, result, rows));
  }

  /** As Hub's: {@code (main - abc1234)}. */
  private static String origin(BuildWords words) {
    var parts = new ArrayList<>(List.of(words.branch(), words.commit()));
    parts.removeIf(String::isEmpty);
    return parts.isEmpty() ? "" : " (" + String.join(" - ", parts) + ")";
  }

  private static List<Row> rows(BuildNews news, BuildWords words, Result result) {
    var build = news.build();
    var rows = new ArrayList<Row>();
    rows.add(new Row("Build", "#" + words.number()));
    rows.add(new Row("Status", result.word()));
    rows.add(new Row("Reason", build.reason() == null ? "" : Plain.oneLine(build.reason())));
    rows.add(new Row("Duration", words.duration()));
    rows.add(new Row("Commit", (words.commit() + origin(words.branch())).strip()));
    rows.add(new Row("Pull request", pullRequest(news.build(), words)));
    rows.add(new Row("Owner", words.author()));
    rows.add(new Row("Message", message(build)));
    var others = news.jobs().stream().filter(job -> !job.state().equals("passed")).toList();
    others.stream().limit(MOST_JOBS).forEach(job -> rows.add(row(job)));
    if (others.size() > MOST_JOBS) {
      rows.add(new Row("Jobs", "and " + (others.size() - MOST_JOBS) + " more"));
    }
    rows.removeIf(row -> row.value().isEmpty());
    return rows;
  }

  private static String origin(String branch) {
    return branch.isEmpty() ? "" : " (" + branch + ")";
  }

  private static String pullRequest(BuildNews.Build build, BuildWords words) {
    if (words.pullRequestNumber().isEmpty()) {
      return "";
    }
    var title = build.pullRequestTitle() == null ? "" : Plain.oneLine(build.pullRequestTitle());
    return ("#" + words.pullRequestNumber() + " " + title).strip();
  }

  private static String message(BuildNews.Build build) {
    return build.message() == null ? "" : Plain.cut(Plain.lines(build.message()), LONGEST_MESSAGE);
  }

  private static Row row(BuildNews.JobNews job) {
    var number = job.number() == null ? Long.toString(job.id()) : Plain.oneLine(job.number());
    return new Row("Job " + number, job.state() + (job.allowFailure() ? ", allowed to fail" : ""));
  }

  private static String text(BuildWords words, List<Row> rows) {
    var title = words.title();
    var lines =
        rows.stream()
            .map(row -> row.name() + ": " + row.value().replace("\n", "\n  "))
            .collect(Collectors.joining("\n"));
    var details = words.url().isEmpty() ? "" : "\n\nDetails: " + words.url();
    return title + "\n" + "-".repeat(title.length()) + "\n\n" + lines + details + "\n";
  }

  private static String html(BuildWords words, Result result, List<Row> rows) {
    var table =
        rows.stream()
            .map(row -> cell("th align=\"left\"", "th", row.name()) + cell("td", "td", row.value()))
            .map(cells -> "<tr>" + cells + "</tr>\n")
            .collect(Collectors.joining());
    return "<!DOCTYPE html>\n<html><body style=\"font-family: sans-serif\">\n<h2>"
        + escaped(words.title() + ": " + result.word())
        + "</h2>\n<table>\n"
        + table
        + "</table>\n"
        + link(words.url())
        + "</body></html>\n";
  }

  private static String cell(String open, String close, String text) {
    return "<" + open + ">" + escaped(text).replace("\n", "<br>") + "</" + close + ">";
  }

  private static String link(String url) {
    return url.startsWith("https://") || url.startsWith("http://")
        ? "<p><a href=\"" + escaped(url) + "\">Details</a></p>\n"
        : "";
  }

  private static String escaped(String text) {
    return HtmlUtils.htmlEscape(text, "UTF-8");
  }
}
