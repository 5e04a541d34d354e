package io.junction.dispatcher.notify.irc;

import io.junction.common.subscription.Target;
import io.junction.dispatcher.notify.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.kitteh.irc.client.library.Client;

/**
 * One visit to a server: all is said at once, and then the server is asked whether it is through
 * with it. What it does not take it has refused by then.
 */
final class Visit {

  private static final String QUESTION = "junction";
  private static final Duration GRACE = Duration.ofMillis(500);

  /** Numbers that refuse a channel, or what is said in it. */
  private static final Set<String> REFUSALS =
      Set.of("403", "404", "405", "437", "471", "473", "474", "475", "476", "477", "489");

  private final Client client;
  private final Heard heard;
  private final Target.Irc target;
  private final Set<String> refused = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
  private @Nullable String refusal;

  Visit(Client client, Heard heard, Target.Irc target) {
    this.client = client;
    this.heard = heard;
    this.target = target;
  }

  Answer say(List<String> lines) throws InterruptedException {
    client.connect();
    var locked = until(Heard.WELCOME);
    if (locked != null) {
      return locked;
    }
    target.channels().forEach(channel -> say(channel, lines));
    client.sendRawLine("PING :" + QUESTION);
    var lost = until("PONG");
    if (lost != null) {
      return lost;
    }
    leave();
    return verdict();
  }

  /**
   * Lets the server close the door: a line that is overtaken by its own connection's end is lost.
   */
  private void leave() throws InterruptedException {
    client.sendRawLineImmediately("QUIT :Junction");
    heard.endWithin(GRACE);
    for (var line = heard.next(); line != null; line = heard.next()) {
      if (line.command().equals(Heard.LOST)) {
        return;
      }
    }
  }

  private void say(String channel, List<String> lines) {
    if (!target.skipJoin()) {
      if (target.channelKey() == null) {
        client.addChannel(channel);
      } else {
        client.addKeyProtectedChannel(channel, target.channelKey());
      }
    }
    for (var line : lines) {
      if (target.notice()) {
        client.sendNotice(channel, line);
      } else {
        client.sendMessage(channel, line);
      }
    }
    if (!target.skipJoin()) {
      client.removeChannel(channel);
    }
  }

  /** Listens until the server has said this; null when it has. */
  private @Nullable Answer until(String awaited) throws InterruptedException {
    boolean lost = false;
    for (var line = heard.next(); line != null; line = heard.next()) {
      if (isAwaited(line, awaited)) {
        return null;
      }
      if (line.command().equals(Heard.LOST)) {
        // The library tells of the end on another thread: the server's last words may still come.
        lost = true;
        heard.endWithin(GRACE);
      }
      var over = judge(line);
      if (over != null) {
        return over;
      }
    }
    return new Answer.Failed(
        lost ? heard.loss() : "the server was not through with it in time", null);
  }

  private static boolean isAwaited(Heard.Line line, String awaited) {
    return line.command().equals(awaited) && (awaited.equals(Heard.WELCOME) || line.says(QUESTION));
  }

  private @Nullable Answer judge(Heard.Line line) {
    if (REFUSALS.contains(line.command())) {
      target.channels().stream().filter(line::says).forEach(refused::add);
      refusal = line.command();
    }
    return switch (line.command()) {
      case "464" -> new Answer.Failed("the server does not take the password (464)", null);
      case "465" -> new Answer.Failed("the server has banned Junction (465)", null);
      case "432" -> new Answer.Refused("the server does not take the nick (432)");
      default -> null;
    };
  }

  private Answer verdict() {
    int channels = target.channels().size();
    int said = channels - refused.size();
    if (said <= 0) {
      return new Answer.Failed("the server lets nobody speak there (" + refusal + ")", null);
    }
    var words = "said in " + said + " of " + channels + " channels";
    return new Answer.Delivered(refusal == null ? words : words + " (" + refusal + ")");
  }
}
