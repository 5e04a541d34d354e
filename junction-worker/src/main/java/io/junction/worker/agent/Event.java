package io.junction.worker.agent;

import io.junction.worker.client.HeartbeatAnswer;
import io.junction.worker.client.Registered;
import io.junction.worker.client.Reply;
import io.junction.worker.executor.Ending;
import java.time.Duration;

/** What the agent's thread is told by others. */
sealed interface Event {

  /** An attempt to register is over, one way or the other. */
  record Introduced(Reply<Registered> reply) implements Event {}

  /** A heartbeat is over, one way or the other. */
  record Replied(Pulse.Beat beat, Reply<HeartbeatAnswer> reply) implements Event {}

  /** A job has begun to run. */
  record Started(Running running) implements Event {}

  /** A job and all that it had started are over. */
  record Ended(Running running, Ending ending) implements Event {}

  /** The worker is to drain, for so long at most. */
  record DrainAsked(Duration limit) implements Event {}
}
