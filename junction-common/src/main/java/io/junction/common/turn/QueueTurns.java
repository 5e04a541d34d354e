package io.junction.common.turn;

import java.util.List;

/**
 * Who waits in a queue.
 *
 * @param clock what the queue's clock shows
 * @param waiting each owner once; at most as many as were asked for
 * @param cut whether there may be more of them
 */
public record QueueTurns(long clock, List<Waiting> waiting, boolean cut) {

  /** Nobody does. */
  public static final QueueTurns NONE = new QueueTurns(0, List.of(), false);

  public QueueTurns {
    waiting = List.copyOf(waiting);
  }
}
