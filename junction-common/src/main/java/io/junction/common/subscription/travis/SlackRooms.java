package io.junction.common.subscription.travis;

import io.junction.common.subscription.Target;
import io.junction.common.subscription.travis.TravisNotifications.Refused;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Rooms of Slack: {@code account:token}, or the URL of an incoming webhook, and {@code #channel}.
 */
final class SlackRooms {

  private static final Pattern ROOM =
      Pattern.compile("([A-Za-z0-9-]{1,80}):([A-Za-z0-9]{1,100})(?:#(\\S{1,80}))?");
  private static final Pattern URL = Pattern.compile("(https?://[^\\s#]{1,500})(?:#(\\S{1,80}))?");

  private SlackRooms() {}

  static List<Target.Slack> of(Entry entry) {
    var templates = entry.lines("template");
    return entry.texts().stream().map(room -> slack(room, templates)).toList();
  }

  private static Target.Slack slack(String room, List<String> templates) {
    var url = URL.matcher(room);
    if (url.matches()) {
      return new Target.Slack(url.group(1), channel(url.group(2)), templates);
    }
    var account = ROOM.matcher(room);
    if (account.matches()) {
      var hook =
          "https://%s.slack.com/services/hooks/travis?token=%s"
              .formatted(account.group(1), account.group(2));
      return new Target.Slack(hook, channel(account.group(3)), templates);
    }
    throw new Refused("a room is neither account:token nor a URL, each with or without #channel");
  }

  private static @Nullable String channel(@Nullable String name) {
    return name == null ? null : name.startsWith("@") ? name : "#" + name;
  }
}
