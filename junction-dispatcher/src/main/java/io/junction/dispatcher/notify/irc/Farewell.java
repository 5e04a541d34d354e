package io.junction.dispatcher.notify.irc;

import java.util.List;
import java.util.stream.Stream;
import org.kitteh.irc.client.library.Client;
import org.kitteh.irc.client.library.event.connection.ClientConnectionClosedEvent;

/**
 * Lets a client of the library go with all of its threads, some of which it forgets: those of its
 * events when the server closes the door first, and one that is told to end while it waits to send
 * a line, hears it as the line's end, and waits for the next one for ever.
 */
final class Farewell {

  private static final int MOST_TRIES = 50;
  private static final long PATIENCE_MS = 10;

  private Farewell() {}

  /** Ends it; its name has to be its own. */
  static void bid(Client client) {
    client.shutdown("Junction");
    client.getEventManager().callEvent(new ClientConnectionClosedEvent(client, false, null, null));
    var name = "(" + client.getName() + ")";
    try {
      var left = threads(name);
      for (int i = 0; i < MOST_TRIES && !left.isEmpty(); i++) {
        left.getFirst().interrupt();
        left.getFirst().join(PATIENCE_MS);
        left = threads(name);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<Thread> threads(String name) {
    var group = Thread.currentThread().getThreadGroup();
    while (group.getParent() != null) {
      group = group.getParent();
    }
    var threads = new Thread[group.activeCount() * 2 + 16];
    int found = group.enumerate(threads);
    return Stream.of(threads)
        .limit(found)
        .filter(thread -> thread.getName().endsWith(name) && thread.isAlive())
        .toList();
  }
}
