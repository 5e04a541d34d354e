package io.junction.worker.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What has happened since the agent's thread last looked. Bounded by the slots: a job has two
 * events in its life, a heartbeat one.
 */
final class Mailbox {
  private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();

  void put(Event event) {
    events.add(event);
  }

  /**
   * Waits for an event, and takes along whatever came with it: what comes up together is reported
   * together.
   */
  List<Event> await(long nanos) throws InterruptedException {
    var taken = new ArrayList<Event>();
    @Nullable Event first = events.poll(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    if (first != null) {
      taken.add(first);
      events.drainTo(taken);
    }
    return taken;
  }
}
