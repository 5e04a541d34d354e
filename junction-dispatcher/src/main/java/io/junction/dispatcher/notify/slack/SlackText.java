package io.junction.dispatcher.notify.slack;

import io.junction.common.subscription.BuildNews;
import io.junction.dispatcher.notify.text.BuildWords;
import io.junction.dispatcher.notify.text.Plain;
import io.junction.dispatcher.notify.text.Template;
import java.util.List;

/** The words of a message to Slack, in its markup. */
final class SlackText {

  private static final int MOST = 4_000;

  private SlackText() {}

  static String of(BuildNews news, List<String> templates) {
    var text =
        templates.isEmpty()
            ? usual(news.build())
            : String.join("\n", new Template(news, SlackText::escaped).fill(templates));
    return Plain.cut(text, MOST);
  }

  /** Hub's sentence, as far as its parts are known. */
  private static String usual(BuildNews.Build build) {
    var words = new BuildWords(build);
    var text = new StringBuilder("Build ").append(number(words));
    append(text, " (", words.commit(), ")");
    append(text, " of ", words.repository(), "");
    append(text, words.repository().isEmpty() ? " of " : "@", words.branch(), "");
    append(text, " in PR #", words.pullRequestNumber(), "");
    append(text, " by ", words.author(), "");
    text.append(' ').append(escaped(build.state()));
    append(text, " in ", words.duration(), "");
    return text.toString();
  }

  private static void append(StringBuilder text, String before, String value, String after) {
    if (!value.isEmpty()) {
      text.append(before).append(escaped(value)).append(after);
    }
  }

  private static String number(BuildWords words) {
    var number = "#" + escaped(words.number());
    return words.url().isEmpty() ? number : "<" + escaped(words.url()) + "|" + number + ">";
  }

  /** As Slack asks for; and no bar, which would end a link's address. */
  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("|", text.contains("://") ? "%7C" : "|");
  }
}
