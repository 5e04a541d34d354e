package io.junction.common.subscription;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a target, field by field, as far as can be said without asking the network.
 *
 * <p>Everything here ends in a header, a line of a chat protocol or an address: so no text may hold
 * a control character, and each has a longest length.
 */
public final class TargetFlaws {

  /** What a template may name, as in {@code %{repository}}. */
  public static final Set<String> PLACEHOLDERS =
      Set.of(
          "repository",
          "repository_slug",
          "repository_name",
          "build_number",
          "build_id",
          "build_url",
          "branch",
          "commit",
          "commit_message",
          "author",
          "result",
          "message",
          "duration",
          "elapsed_time",
          "compare_url",
          "pull_request",
          "pull_request_number",
          "pull_request_url");

  private static final int MOST_RECIPIENTS = 100;
  private static final int MOST_CHANNELS = 10;
  private static final int MOST_TEMPLATES = 10;
  private static final int MOST_SECRETS = 10;

  private static final Pattern SECRET = Pattern.compile("whsec_[A-Za-z0-9+/]{32,88}={0,2}");
  private static final Pattern GITHUB_REPOSITORY =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,99}/[A-Za-z0-9_.-]{1,100}");
  private static final Pattern TOKEN = Pattern.compile("[!-~]{1,255}");
  private static final Pattern LINE = Pattern.compile("[^\\p{Cntrl}\u2028\u2029]*");
  private static final Pattern SLACK_CHANNEL = Pattern.compile("[#@]?[^\\s\\p{Cntrl},#@]{1,80}");
  private static final Pattern HOST =
      Pattern.compile(
          "(?=.{1,253}$)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
              + "(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*");
  private static final Pattern IRC_CHANNEL = Pattern.compile("[#&+!][^\\s,:\\p{Cntrl}]{1,49}");
  private static final Pattern IRC_NICK =
      Pattern.compile("[A-Za-z\\[\\]\\\\`_^{|}][A-Za-z0-9\\[\\]\\\\`_^{|}-]{0,29}");
  private static final Pattern IRC_WORD =
      Pattern.compile("[^\\s,:\\p{Cntrl}][^\\s,\\p{Cntrl}]{0,99}");
  private static final Pattern PLACEHOLDER = Pattern.compile("%\\{([^}]*)}?");

  /** As browsers take it, the standard of HTML; it knows no quotes, comments or line ends. */
  private static final Pattern ADDRESS =
      Pattern.compile(
          "[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
              + "(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?){1,8}");

  private final List<Flaw> flaws = new ArrayList<>();

  private TargetFlaws() {}

  /**
   * One flaw.
   *
   * @param field of the target, as in {@code recipients[3]}
   * @param message follows the field's name; it does not quote the value
   */
  public record Flaw(String field, String message) {}

  /** All of them; none when the target is well formed. */
  public static List<Flaw> of(Target target) {
    var found = new TargetFlaws();
    switch (target) {
      case Target.Webhook webhook -> found.webhook(webhook);
      case Target.GitHub github -> found.github(github);
      case Target.Email email -> found.email(email);
      case Target.Slack slack -> found.slack(slack);
      case Target.Irc irc -> found.irc(irc);
    }
    return List.copyOf(found.flaws);
  }

  private void webhook(Target.Webhook webhook) {
    url("url", webhook.url());
    count("secrets", webhook.secrets(), 0, MOST_SECRETS);
    each("secrets", webhook.secrets(), SECRET, "must be whsec_ and 24 to 64 bytes in base64");
  }

  private void github(Target.GitHub github) {
    url("api_url", github.apiUrl());
    check("repository", github.repository(), GITHUB_REPOSITORY, "must be owner/name");
    line("context", github.context(), 100);
    check("token", github.token(), TOKEN, "must be 1 to 255 visible ASCII characters");
    if (!github.statuses() && !github.checks()) {
      flaws.add(new Flaw("statuses", "must be true, or checks: else there is nothing to send"));
    }
  }

  private void email(Target.Email email) {
    count("recipients", email.recipients(), 1, MOST_RECIPIENTS);
    each("recipients", email.recipients(), ADDRESS, "must be an e-mail address");
  }

  private void slack(Target.Slack slack) {
    url("url", slack.url());
    check("channel", slack.channel(), SLACK_CHANNEL, "must be the name of a channel");
    templates(slack.templates());
  }

  private void irc(Target.Irc irc) {
    check("server", irc.server(), HOST, "must be the name or the address of a host");
    if (irc.port() < 1 || irc.port() > 65_535) {
      flaws.add(new Flaw("port", "must be 1 to 65535"));
    }
    count("channels", irc.channels(), 1, MOST_CHANNELS);
    each(
        "channels",
        irc.channels(),
        IRC_CHANNEL,
        "must be # and 1 to 49 characters, no space, comma or colon");
    check("nick", irc.nick(), IRC_NICK, "must be a nick as of RFC 2812, 1 to 30 characters");
    check("password", irc.password(), IRC_WORD, "must be one word of 1 to 100 characters");
    check("channel_key", irc.channelKey(), IRC_WORD, "must be one word of 1 to 100 characters");
    templates(irc.templates());
  }

  private void url(String field, String url) {
    var flaw = flawOf(url);
    if (flaw != null) {
      flaws.add(new Flaw(field, flaw));
    }
  }

  private static @Nullable String flawOf(String url) {
    if (url.length() > 2_000) {
      return "must have at most 2000 characters";
    }
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      return "must be a URL";
    }
    var scheme = uri.getScheme();
    if (scheme == null || !Set.of("http", "https").contains(scheme)) {
      return "must begin with http:// or https://";
    }
    if (uri.getHost() == null || uri.getPort() == 0 || uri.getPort() > 65_535) {
      return "must name a host";
    }
    if (uri.getRawUserInfo() != null) {
      return "must not name a user";
    }
    return uri.getRawFragment() == null ? null : "must not have a fragment";
  }

  private void templates(List<String> templates) {
    count("templates", templates, 0, MOST_TEMPLATES);
    for (int i = 0; i < templates.size(); i++) {
      var field = "templates[" + i + "]";
      line(field, templates.get(i), 500);
      var unknown =
          PLACEHOLDER
              .matcher(templates.get(i))
              .results()
              .filter(
                  found -> !found.group().endsWith("}") || !PLACEHOLDERS.contains(found.group(1)))
              .findFirst();
      if (unknown.isPresent()) {
        flaws.add(new Flaw(field, "names what is not known; docs/notifications.md lists what is"));
      }
    }
  }

  private void line(String field, String text, int longest) {
    if (text.isBlank() || text.length() > longest) {
      flaws.add(new Flaw(field, "must have 1 to " + longest + " characters"));
    } else if (!LINE.matcher(text).matches()) {
      flaws.add(new Flaw(field, "must not hold a control character"));
    }
  }

  private void count(String field, List<String> values, int least, int most) {
    if (values.size() < least || values.size() > most) {
      flaws.add(new Flaw(field, "must be " + least + " to " + most));
    }
  }

  private void each(String field, List<String> values, Pattern pattern, String message) {
    for (int i = 0; i < values.size(); i++) {
      check(field + "[" + i + "]", values.get(i), pattern, message);
    }
  }

  private void check(String field, @Nullable String value, Pattern pattern, String message) {
    if (value != null && (value.length() > 500 || !pattern.matcher(value).matches())) {
      flaws.add(new Flaw(field, message));
    }
  }
}
