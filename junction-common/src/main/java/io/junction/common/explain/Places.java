package io.junction.common.explain;

import io.junction.common.explain.Explanation.Place;
import io.junction.common.limit.Worlds;
import io.junction.common.turn.QueueTurns;
import io.junction.common.turn.TurnProperties;
import io.junction.common.turn.Turns;
import io.junction.common.turn.WaitingStatements;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/**
 * How many stand before a job in the line that it waits in; one more than {@link Place#MOST} for
 * whatever is more.
 */
@Component
class Places {

  private static final int MOST = Place.MOST + 1;

  /** Owners of whom a round knows, where they are served in turn. */
  private static final int MOST_OWNERS = 500;

  /** Jobs of each owner that are counted for it. */
  private static final int MOST_OF_AN_OWNER = 1_000;

  private final LineStatements lines;
  private final WaitingStatements waiting;
  private final Worlds worlds;
  private final TurnProperties properties;

  Places(
      LineStatements lines, WaitingStatements waiting, Worlds worlds, TurnProperties properties) {
    this.lines = lines;
    this.waiting = waiting;
    this.worlds = worlds;
    this.properties = properties;
  }

  /** In its queue, by the line or by the turns of the owners. */
  int inQueue(JobFacts job) {
    return switch (properties.fairness()) {
      case FIFO -> lines.aheadInQueue(job.id(), MOST);
      case OWNER -> inTurn(job, Objects.requireNonNull(job.queue()));
    };
  }

  private int inTurn(JobFacts job, String queue) {
    var turns =
        waiting.waiting(Map.of(queue, ""), MOST_OWNERS).getOrDefault(queue, QueueTurns.NONE);
    var counted = waiting.counted(queue, turns, MOST_OF_AN_OWNER);
    int own = waiting.ahead(job.id(), MOST_OF_AN_OWNER);
    var owner = job.owner() == null ? "" : job.owner();
    return Turns.before(counted, owner, own, Place.MOST).orElse(MOST);
  }

  /** Among the jobs that ask, of those who share its owner's limit. */
  int ofOwner(JobFacts job) {
    return worlds.ahead(job.asking(), MOST);
  }

  int inGroup(String group, JobFacts job) {
    return lines.aheadInGroup(group, job.id(), MOST);
  }
}
