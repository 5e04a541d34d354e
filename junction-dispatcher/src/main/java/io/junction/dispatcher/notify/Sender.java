package io.junction.dispatcher.notify;

import io.junction.common.subscription.TargetKind;

/**
 * Speaks to the targets of one kind.
 *
 * <p>Concurrency: many threads at once. Blocks until the target has answered, ten seconds at most
 * for each request of it.
 */
public interface Sender {

  TargetKind kind();

  /** Sends it once. What a target does wrong is an answer, never an exception. */
  Answer send(Message message);
}
