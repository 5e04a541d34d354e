package io.junction.dispatcher.notify.irc;

import io.junction.dispatcher.notify.http.Failures;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import net.engio.mbassy.listener.Handler;
import org.jspecify.annotations.Nullable;
import org.kitteh.irc.client.library.event.client.ClientNegotiationCompleteEvent;
import org.kitteh.irc.client.library.event.client.ClientReceiveCommandEvent;
import org.kitteh.irc.client.library.event.client.ClientReceiveNumericEvent;
import org.kitteh.irc.client.library.event.connection.ClientConnectionEndedEvent;
import org.kitteh.irc.client.library.event.helper.ClientReceiveServerMessageEvent;

/**
 * What a server says, in its order.
 *
 * <p>Concurrency: the library's threads write it, the visitor's reads it.
 */
final class Heard {

  /** The server has taken the visitor in. */
  static final String WELCOME = "welcome";

  /** The connection is over, or never came about. */
  static final String LOST = "lost";

  /**
   * A message of the server.
   *
   * @param command or a number of three digits
   */
  record Line(String command, List<String> parameters) {

    boolean says(String parameter) {
      return parameters.stream().anyMatch(parameter::equalsIgnoreCase);
    }
  }

  /** A server that never stops talking is not listened to for longer than this. */
  private static final int MOST = 10_000;

  private final BlockingQueue<Line> lines = new LinkedBlockingQueue<>(MOST);
  private final Duration patience;
  private long end;
  private volatile @Nullable Throwable trouble;

  Heard(Duration patience) {
    this.patience = patience;
    this.end = System.nanoTime() + patience.toNanos();
  }

  /** The next line; null when the time is over. */
  @Nullable Line next() throws InterruptedException {
    return lines.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
  }

  /** Leaves the server this much longer at most. */
  void endWithin(Duration rest) {
    end = Math.min(end, System.nanoTime() + rest.toNanos());
  }

  /** Why the connection is over, as far as that is known. */
  String loss() {
    var known = trouble;
    return known == null ? "the server closed the connection" : Failures.words(known, patience);
  }

  /** Keeps the first thing that went wrong; the library also complains of what works. */
  void troubled(Throwable complaint) {
    for (var cause = complaint; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException && trouble == null) {
        trouble = cause;
      }
    }
  }

  @Handler
  void welcomed(ClientNegotiationCompleteEvent event) {
    lines.offer(new Line(WELCOME, List.of()));
  }

  @Handler
  void number(ClientReceiveNumericEvent event) {
    hear(event);
  }

  @Handler
  void command(ClientReceiveCommandEvent event) {
    hear(event);
  }

  @Handler
  void ended(ClientConnectionEndedEvent event) {
    event.setAttemptReconnect(false);
    event.getCause().ifPresent(this::troubled);
    lines.offer(new Line(LOST, List.of()));
  }

  private void hear(ClientReceiveServerMessageEvent event) {
    lines.offer(new Line(event.getCommand(), List.copyOf(event.getParameters())));
  }
}
