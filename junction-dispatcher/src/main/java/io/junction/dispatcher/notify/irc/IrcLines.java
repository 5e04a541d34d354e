package io.junction.dispatcher.notify.irc;

import io.junction.common.subscription.BuildNews;
import io.junction.dispatcher.notify.text.BuildWords;
import io.junction.dispatcher.notify.text.Plain;
import io.junction.dispatcher.notify.text.Result;
import io.junction.dispatcher.notify.text.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The lines that are said in a channel. */
final class IrcLines {

  /** A server cuts at 512 bytes, its own words in front of the line among them. */
  private static final int LONGEST = 400;

  private static final int MOST = 10;

  private IrcLines() {}

  static List<String> of(BuildNews news, List<String> templates) {
    var lines =
        templates.isEmpty()
            ? usual(news.build())
            : new Template(news, UnaryOperator.identity()).fill(templates);
    return lines.stream()
        .map(Plain::oneLine)
        .filter(line -> !line.isEmpty())
        .map(line -> Plain.cutBytes(line, LONGEST))
        .limit(MOST)
        .toList();
  }

  /** As Hub's: {@code owner/repo#12 (main - abc1234 : owner): The build passed.} */
  private static List<String> usual(BuildNews.Build build) {
    var words = new BuildWords(build);
    var origin = new ArrayList<>(List.of(words.branch(), words.commit()));
    origin.removeIf(String::isEmpty);
    var of = String.join(" - ", origin);
    var by = words.author().isEmpty() ? "" : (of.isEmpty() ? "" : " : ") + words.author();
    var lines = new ArrayList<String>();
    lines.add(
        words.title()
            + (of.isEmpty() && by.isEmpty() ? "" : " (" + of + by + ")")
            + ": "
            + Result.of(build).sentence());
    if (!words.url().isEmpty()) {
      lines.add("Build details : " + words.url());
    }
    return lines;
  }
}
