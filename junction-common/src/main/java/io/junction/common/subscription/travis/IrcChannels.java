package io.junction.common.subscription.travis;

import io.junction.common.subscription.Target;
import io.junction.common.subscription.travis.TravisNotifications.Refused;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Channels of IRC: {@code host[:port]#channel}, with or without {@code irc://} or {@code ircs://}.
 */
final class IrcChannels {

  private static final Pattern CHANNEL =
      Pattern.compile("(?:(ircs?)://)?([^\\s:/#]{1,253})(?::(\\d{1,5}))?/?(#\\S{1,60})");
  private static final String NICK = "junction";
  private static final int PORT = 6667;
  private static final int TLS_PORT = 6697;

  private IrcChannels() {}

  /** One target for each server: one visit tells all of its channels. */
  static List<Target.Irc> of(Entry entry) {
    var servers = new LinkedHashMap<Server, List<String>>();
    for (var text : entry.texts()) {
      var channel = CHANNEL.matcher(text);
      if (!channel.matches()) {
        throw new Refused("a channel is not of the form host[:port]#channel");
      }
      boolean tls = "ircs".equals(channel.group(1));
      var port = channel.group(3);
      int number = port != null ? Integer.parseInt(port) : tls ? TLS_PORT : PORT;
      servers
          .computeIfAbsent(new Server(channel.group(2), number, tls), server -> new ArrayList<>())
          .add(channel.group(4));
    }
    return servers.entrySet().stream()
        .map(server -> irc(entry, server.getKey(), server.getValue()))
        .toList();
  }

  private static Target.Irc irc(Entry entry, Server server, List<String> channels) {
    return new Target.Irc(
        server.host,
        server.port,
        server.tls,
        channels,
        Objects.requireNonNullElse(entry.text("nick"), NICK),
        entry.flag("use_notice", false),
        entry.flag("skip_join", false),
        entry.text("password"),
        entry.text("channel_key"),
        entry.lines("template"));
  }

  private record Server(String host, int port, boolean tls) {}
}
