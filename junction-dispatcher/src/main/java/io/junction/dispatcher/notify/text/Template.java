package io.junction.dispatcher.notify.text;

import io.junction.common.subscription.BuildNews;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills a subscriber's lines: {@code %{build_number}} and its like, by Hub's names.
 *
 * <p>The line is the subscriber's own and stays as it is, what is filled in is a stranger's and is
 * escaped. A name that is not known stays, so that it is seen.
 */
public final class Template {

  private static final Pattern VARIABLE = Pattern.compile("%\\{(\\w+)}");

  private final Map<String, String> values;
  private final UnaryOperator<String> escape;

  public Template(BuildNews news, UnaryOperator<String> escape) {
    this.values = values(news.build());
    this.escape = escape;
  }

  /** Each line filled; without those of whose variables nothing is known. */
  public List<String> fill(List<String> lines) {
    return lines.stream().filter(this::says).map(this::fill).toList();
  }

  private boolean says(String line) {
    var names = VARIABLE.matcher(line).results().map(found -> found.group(1)).toList();
    return names.isEmpty() || names.stream().anyMatch(this::isKnown);
  }

  private boolean isKnown(String name) {
    return !"".equals(values.get(name));
  }

  private String fill(String line) {
    return VARIABLE.matcher(line).replaceAll(this::value);
  }

  private String value(MatchResult found) {
    var value = values.get(found.group(1));
    return Matcher.quoteReplacement(value == null ? found.group() : escape.apply(value));
  }

  private static Map<String, String> values(BuildNews.Build build) {
    var words = new BuildWords(build);
    var values = new HashMap<String, String>();
    values.put("repository", words.repository());
    values.put("repository_slug", words.repository());
    values.put("repository_name", name(words.repository()));
    values.put("build_number", words.number());
    values.put("build_id", Long.toString(build.id()));
    values.put("build_url", words.url());
    values.put("branch", words.branch());
    values.put("commit", words.commit());
    values.put("commit_message", words.messageLine());
    values.put("author", words.author());
    values.put("result", build.state());
    values.put("message", Result.of(build).sentence());
    values.put("duration", words.duration());
    values.put("elapsed_time", words.elapsedTime());
    values.put("pull_request", Boolean.toString(build.isPullRequest()));
    values.put("pull_request_number", words.pullRequestNumber());
    // Hub's names for what nobody tells Junction.
    values.put("compare_url", "");
    values.put("pull_request_url", "");
    return Map.copyOf(values);
  }

  private static String name(String repository) {
    return repository.substring(repository.lastIndexOf('/') + 1);
  }
}
